package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.SeedDisk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts guests that live in a sandbox each, writes them down and finds them again. */
public final class SandboxedGuests {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxedGuests.class);

    private SandboxedGuests() {}

    /** Makes what the sandbox needs in its folder; what it shares with the host, {@code box}, is there. */
    public interface Preparation {
        Enclosure make() throws FarmFailed, IOException, InterruptedException;
    }

    /** What could explain a result, asked when the sandbox runs: what fails at once is told here. */
    public interface Facts {
        SortedMap<String, String> of(HostProcess sandbox) throws FarmFailed, IOException, InterruptedException;
    }

    /** Starts a guest that reaches nothing, as the other {@code start} does. */
    public static Guest start(
            GuestSpec spec, @Nullable String network, Clock clock, Preparation preparation, Facts facts)
            throws FarmFailed, InterruptedException {
        return start(spec, network, clock, null, preparation, facts);
    }

    /**
     * Starts a guest with its own seed disk; where it fails, nothing is left behind.
     *
     * @param network the guest's address and gateway, see {@link SeedDisk}
     * @param clock dates the files of the seed disk
     * @param mirrors those that the guest reaches where it may, at {@link MirrorProxy#INSIDE} of the sandbox; null where none can
     */
    public static Guest start(
            GuestSpec spec,
            @Nullable String network,
            Clock clock,
            @Nullable Mirrors mirrors,
            Preparation preparation,
            Facts facts)
            throws FarmFailed, InterruptedException {
        SandboxFolder folder = SandboxFolder.of(spec.folder());
        folder.requireShort(spec.label());
        if (spec.mirrors() && mirrors == null) {
            throw new FarmFailed(
                            "cannot let " + spec.label()
                                    + " reach package mirrors or the internet: guests of its driver reach nothing; choose uml or qemu, or network: none")
                    .lasting();
        }
        Mirrors granted = spec.mirrors() ? mirrors : null;
        boolean started = false;
        try {
            Files.createDirectory(folder.box());
            String apt = granted == null ? null : MirrorProxy.aptConfiguration(granted, spec.internet());
            SeedDisk.write(spec.seed(), network, apt, clock.instant(), folder.seed());
            Enclosure sandbox = preparation.make();
            HostProcess first = sandbox.start();
            if (granted != null) {
                MirrorProxy.start(folder, first, new Grants(granted.granted()), spec.internet());
            }
            SandboxRecord record = new SandboxRecord(
                    spec.label(),
                    first,
                    sandbox.consoleBytes(),
                    facts.of(first),
                    folder.path().toString());
            record.write(folder.path());
            started = true;
            return new SandboxedGuest(folder, record);
        } catch (IOException e) {
            throw new FarmFailed("cannot start a guest for " + spec.label() + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                clear(folder);
            }
        }
    }

    /** The guest that was started in this folder; empty when it no longer runs, and then nothing of it does. */
    public static Optional<Guest> find(Path path) throws IOException {
        SandboxFolder folder = SandboxFolder.of(path);
        Optional<SandboxRecord> record = SandboxRecord.read(folder.path());
        if (record.isPresent() && record.get().sandbox().isAlive()) {
            return Optional.of(new SandboxedGuest(folder, record.get()));
        }
        Leftovers.end(record.map(guest -> Path.of(guest.startedIn())).orElse(folder.path()));
        folder.discard();
        return Optional.empty();
    }

    /**
     * Gives the folder of a running guest another name: what is bound inside its sandbox, its console and its sockets go
     * with it.
     */
    public static Guest move(Path from, Path to, String label, Map<String, String> facts) throws IOException {
        SandboxFolder folder = SandboxFolder.of(to);
        try {
            folder.requireShort(label);
        } catch (FarmFailed tooLong) {
            throw new IOException(tooLong.getMessage(), tooLong);
        }
        SandboxRecord record = SandboxRecord.read(from)
                .orElseThrow(() -> new NoSuchFileException(from + " has no guest"))
                .as(label, facts);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        record.write(to);
        return new SandboxedGuest(folder, record);
    }

    private static void clear(SandboxFolder folder) {
        Leftovers.end(folder.path());
        try {
            folder.clear();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot clean up {}: {}", folder.path(), e.toString());
        }
    }
}
