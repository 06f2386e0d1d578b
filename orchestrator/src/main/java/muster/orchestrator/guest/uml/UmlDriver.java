package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.SeedDisk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs guests on User-Mode Linux, with or without root. It is the distribution's userland on UML's kernel, one processor,
 * amd64 only. Safe for use by many threads.
 */
public final class UmlDriver implements GuestDriver {

    public static final String NAME = "uml";

    private static final Logger LOG = LoggerFactory.getLogger(UmlDriver.class);

    /** sun_path of unix(7) has 108 bytes, the last of them zero. */
    private static final int SOCKET_PATH_BYTES = 107;

    private final UmlOptions options;
    private final UmlSetUp setUp;
    private final Clock clock;
    private final ReentrantLock settling = new ReentrantLock();
    private UmlSetUp.@Nullable Proven proven;

    /**
     * @param runtimes where drivers keep what they fetched for themselves
     * @param clock dates the files of seed disks
     */
    public UmlDriver(UmlOptions options, Path runtimes, Mirrors mirrors, Clock clock) {
        this.options = options;
        this.setUp = new UmlSetUp(options, runtimes.toAbsolutePath().normalize().resolve(NAME), mirrors);
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Requirement> requirements() {
        return UmlSetUp.REQUIREMENTS;
    }

    @Override
    public void setUp() throws FarmFailed, InterruptedException {
        proven();
    }

    @Override
    public void forget() throws IOException {
        settling.lock();
        try {
            proven = null;
            setUp.forget();
        } finally {
            settling.unlock();
        }
    }

    @Override
    public String description() {
        settling.lock();
        try {
            UmlSetUp.Proven settled = Objects.requireNonNull(proven, "not set up");
            return "User-Mode Linux " + settled.kernelVersion() + ", "
                    + settled.runtime().origin() + (options.seccomp() ? ", with seccomp" : ", with ptrace");
        } finally {
            settling.unlock();
        }
    }

    private UmlSetUp.Proven proven() throws FarmFailed, InterruptedException {
        settling.lockInterruptibly();
        try {
            UmlSetUp.Proven settled = proven;
            if (settled == null) {
                settled = setUp.settle();
                proven = settled;
            }
            return settled;
        } finally {
            settling.unlock();
        }
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        Path folder = spec.folder().toAbsolutePath().normalize();
        refuseWhatCannotRun(spec, folder);
        UmlSetUp.Proven kernel = proven();
        boolean started = false;
        try {
            SeedDisk.write(spec.seed(), KernelArguments.NETWORK, clock.instant(), UmlGuest.seed(folder));
            UmlSandbox sandbox = sandbox(spec, folder, kernel.runtime());
            HostProcess first = sandbox.start();
            UmlRecord record = new UmlRecord(spec.label(), first, options.consoleBytes(), provenance(sandbox, kernel));
            record.write(folder);
            started = true;
            return new UmlGuest(folder, record);
        } catch (IOException e) {
            throw new FarmFailed("cannot start a guest for " + spec.label() + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                clear(folder);
            }
        }
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Optional<UmlRecord> record = UmlRecord.read(absolute);
        if (record.isPresent() && record.get().sandbox().isAlive()) {
            return Optional.of(new UmlGuest(absolute, record.get()));
        }
        Leftovers.end(absolute);
        UmlGuest.discard(absolute);
        return Optional.empty();
    }

    private void refuseWhatCannotRun(GuestSpec spec, Path folder) throws FarmFailed {
        String architecture = spec.image().manifest().architecture();
        if (!architecture.equals("amd64")) {
            throw new FarmFailed(
                    "cannot run %s on uml: its image %s is for %s, and User-Mode Linux here runs amd64 alone; choose another driver for it"
                            .formatted(spec.label(), spec.image().name(), architecture));
        }
        if (spec.cpus() != 1) {
            throw new FarmFailed(
                    "cannot run %s on uml with %d processors: User-Mode Linux has one; ask for cpus: 1 or choose another driver"
                            .formatted(spec.label(), spec.cpus()));
        }
        int socket = UmlGuest.sshSocket(folder).toString().getBytes(StandardCharsets.UTF_8).length;
        if (socket > SOCKET_PATH_BYTES) {
            throw new FarmFailed(
                    "cannot run %s in %s: the path of its SSH socket has %d bytes, and Linux allows %d; choose a shorter --home"
                            .formatted(spec.label(), folder, socket, SOCKET_PATH_BYTES));
        }
    }

    private UmlSandbox sandbox(GuestSpec spec, Path folder, UmlRuntime runtime) {
        String disk = spec.writeThrough() ? "/img/disk.raw" : "/box/clone.cow,/img/disk.raw";
        KernelArguments arguments =
                KernelArguments.forGuest(disk, "/img/seed.img", spec.memoryBytes(), options.seccomp());
        return new UmlSandbox(
                runtime,
                folder,
                List.of(
                        new UmlSandbox.Bind(spec.disk().toAbsolutePath(), "/img/disk.raw", spec.writeThrough()),
                        new UmlSandbox.Bind(UmlGuest.seed(folder), "/img/seed.img", false)),
                KernelArguments.SLIRP,
                arguments.words(),
                options.consoleBytes());
    }

    private static SortedMap<String, String> provenance(UmlSandbox sandbox, UmlSetUp.Proven kernel) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("driver.name", NAME);
        all.put("driver.origin", kernel.runtime().origin());
        all.put("driver.command", "linux.uml " + String.join(" ", sandbox.kernelArguments()));
        all.put("driver.network", sandbox.network());
        all.put("driver.masked", String.join(" ", KernelArguments.MASKED));
        kernel.runtime().packages().forEach((name, version) -> all.put("driver.package." + name, version));
        all.put("kernel.version", kernel.kernelVersion());
        all.put("kernel.origin", "User-Mode Linux's own, not the distribution's");
        all.put("host.kernel", kernel.host().kernel());
        all.put("host.cpu", kernel.host().cpu());
        return all;
    }

    /** A start that failed leaves its folder as empty as it was. */
    private static void clear(Path folder) {
        Leftovers.end(folder);
        try {
            UmlGuest.discard(folder);
            Folders.delete(UmlSandbox.box(folder));
            for (Path file : List.of(UmlSandbox.console(folder), UmlSandbox.log(folder), UmlSandbox.info(folder))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot clean up {}: {}", folder, e.toString());
        }
    }
}
