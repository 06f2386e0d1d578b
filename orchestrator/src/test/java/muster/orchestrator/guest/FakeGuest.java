package muster.orchestrator.guest;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.ssh.InProcessGuest;

/** A guest of {@link FakeDriver}. Its end takes along all that runs in it, as a real one's does. */
public final class FakeGuest implements Guest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private volatile GuestSpec spec;
    private final SortedMap<String, String> facts = new TreeMap<>(Map.of("driver.name", FakeDriver.NAME));
    private final InProcessGuest inside;
    private boolean alive = true;
    private volatile boolean abandoned;

    FakeGuest(GuestSpec spec, FakeDriver.Boot boot) throws Exception {
        this.spec = spec;
        say("Booting");
        copy(kept(), FakeDriver.disk(spec.folder()));
        inside = switch (boot) {
            case READY -> new InProcessGuest(spec.folder(), spec.seed(), deeds());
            case ANSWERS_WITH_ANOTHER_HOST_KEY -> InProcessGuest.withAnotherHostKey(spec.folder(), spec.seed());
            case NEVER, PANICS, CANNOT_START -> null;
        };
        if (inside != null) {
            say("muster-ready");
        }
        if (boot == FakeDriver.Boot.PANICS) {
            panic("VFS: Unable to mount root fs");
        }
    }

    long memoryBytes() {
        return spec.memoryBytes();
    }

    /** Its folder has another name now. */
    void moved(Path to, String label, Map<String, String> more) {
        spec = new GuestSpec(
                label,
                spec.image(),
                spec.writeThrough(),
                spec.disk(),
                to,
                spec.memoryBytes(),
                spec.cpus(),
                spec.seed());
        facts.putAll(more);
        if (inside != null) {
            inside.moved(to);
        }
    }

    void abandoned(boolean now) {
        abandoned = now;
    }

    /** Its kernel gives up. */
    public void panic(String why) {
        say("[   12.345678] Kernel panic - not syncing: " + why);
        die();
    }

    /** Its kernel gives up, and the machine stays as it is: nothing in it answers any more. */
    public void panicAndStay(String why) {
        say("[   12.345678] Kernel panic - not syncing: " + why);
        freeze();
    }

    /** Nothing in it answers any more. */
    public void freeze() {
        inside.freeze();
    }

    private Map<String, Runnable> deeds() {
        return Map.of(
                Deeds.PANIC,
                () -> panic("sysrq triggered crash"),
                Deeds.REBOOT,
                this::die,
                Deeds.POWER_OFF,
                this::powerOff,
                Deeds.END_SSH,
                () -> inside.endSsh());
    }

    private void powerOff() {
        die();
        if (spec.writeThrough()) {
            copy(FakeDriver.disk(spec.folder()), kept());
        }
    }

    /** What was written through to a disk lies beside it. */
    private Path kept() {
        return Path.of(spec.disk() + ".files");
    }

    /** It ends from one moment to the next. */
    public synchronized void die() {
        boolean interrupted = Thread.interrupted();
        if (alive) {
            alive = false;
            if (inside != null) {
                inside.close();
            }
            Deadline.in(LIMIT).awaitUninterruptibly(Duration.ofMillis(5), this::killAll);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Path sshSocket() {
        return spec.folder().resolve("ssh.sock");
    }

    @Override
    public Path console() {
        return spec.folder().resolve("console.log");
    }

    @Override
    public void awaitReadyHint(Duration limit) throws InterruptedException {
        new ReadyHint(console()).await(Deadline.in(limit), this::isAlive);
    }

    @Override
    public Optional<HostProcess> process() {
        return Optional.empty();
    }

    @Override
    public synchronized boolean isAlive() {
        return alive;
    }

    @Override
    public SortedMap<String, String> provenance() {
        return facts;
    }

    @Override
    public void close() {
        if (!abandoned) {
            die();
        }
    }

    /** A line on its console. */
    public void say(String line) {
        try (OutputStream out = new FileOutputStream(console().toFile(), true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing is left; what was left is killed. The place of its disk stands in the words of all of it. */
    private boolean killAll() {
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(process -> names(process, "cmdline") || names(process, "environ"))
                .toList();
        left.forEach(ProcessHandle::destroyForcibly);
        return left.isEmpty();
    }

    private static void copy(Path from, Path to) {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean names(ProcessHandle process, String words) {
        try (InputStream in = new FileInputStream("/proc/" + process.pid() + "/" + words)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return all.contains(FakeDriver.disk(spec.folder()).toString())
                    || all.contains(InProcessGuest.MARK + "=" + spec.folder() + "\0");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
