package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import muster.images.BaseImage;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.HostKeyMismatch;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell.Answer;
import muster.testsuites.GuestShell.ConnectionCut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every driver does with real guests. A driver's test says how to make one and what to boot. */
public abstract class GuestDriverContract {

    protected static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path home;
    private FarmKey key;
    protected GuestDriver driver;

    /** A driver as a fresh orchestrator has it. */
    protected abstract GuestDriver newDriver();

    /** A small image that has the services {@code muster-seed} and {@code muster-ready}. */
    protected abstract BaseImage image();

    /** Kills the guest as a fault of the host would: not through the driver. */
    protected abstract void killFromOutside(Path folder) throws IOException;

    /** What is left of a guest on the host, other than in its folder. */
    protected abstract List<String> leftOnHost(Path folder) throws IOException;

    @BeforeEach
    void open() throws Exception {
        home = Files.createTempDirectory("muster");
        key = FarmKey.open(home.resolve("keys"));
        driver = newDriver();
        driver.setUp();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void bootsAndRunsCommandsAtOnceWithTheIdentityItWasGiven() throws Exception {
        Seed seed = key.newSeed("first", "0123abcd");
        SshShell shell = connect(start(spec("one", seed)), seed);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> slow = threads.submit(command(shell, "sleep 2; hostname; exit 3"));
            Future<Answer> quick = threads.submit(command(shell, "cat /run/muster/nonce"));
            assertThat(quick.get().output().strip()).isEqualTo("0123abcd");
            assertThat(slow.isDone()).isFalse();
            assertThat(slow.get()).isEqualTo(new Answer(3, "first\n", ""));
        }
    }

    @Test
    void filesUpAndDownStayIntact() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        SshShell shell = connect(start(spec("one", seed)), seed);
        byte[] sent = new byte[20_000_000];
        new Random(1).nextBytes(sent);
        assertThat(shell.feed("cat >/root/file", new ByteArrayInputStream(sent), LIMIT)
                        .ok())
                .isTrue();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent));
        assertThat(shell.run("sha256sum </root/file", LIMIT).output()).startsWith(digest);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        assertThat(shell.stream("cat /root/file", received)).isZero();
        assertThat(received.toByteArray()).isEqualTo(sent);
    }

    @Test
    void aCutConnectionIsToldAndMendedByTheNextCall() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        SshShell shell = connect(start(spec("one", seed)), seed);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> running = threads.submit(command(shell, "sleep 60"));
            assertThat(shell.run("true", SOON).ok()).isTrue();
            shell.cut();
            assertThatThrownBy(running::get).hasCauseInstanceOf(ConnectionCut.class);
        }
        assertThat(shell.run("echo again", SOON).output()).isEqualTo("again\n");
    }

    @Test
    void aGuestKilledFromOutsideIsSeenToBeDead() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        GuestSpec spec = spec("one", seed);
        Guest guest = start(spec);
        SshShell shell = connect(guest, seed);
        assertThat(guest.isAlive()).isTrue();
        killFromOutside(spec.folder());
        assertThat(Deadline.in(SOON).await(Duration.ofMillis(10), () -> !guest.isAlive()))
                .isTrue();
        assertThatThrownBy(() -> shell.run("true", LIMIT))
                .isInstanceOf(ConnectionCut.class)
                .hasMessageContaining("has ended");
        assertThat(driver.find(spec.folder())).isEmpty();
        assertThat(leftOnHost(spec.folder())).isEmpty();
    }

    @Test
    void aGuestThatCannotBootEndsAndKeepsItsConsole() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        GuestSpec sound = spec("one", seed);
        Path garbage = home.resolve("garbage.raw");
        byte[] noise = new byte[1 << 20];
        new Random(2).nextBytes(noise);
        Files.write(garbage, noise);
        Guest guest = start(
                new GuestSpec("garbage", sound.image(), false, garbage, sound.folder(), sound.memoryBytes(), 1, seed));
        assertThatThrownBy(() -> connect(guest, seed)).isInstanceOf(ConnectionCut.class);
        assertThat(Files.readString(guest.console())).contains("Kernel panic");
    }

    @Test
    void closingEndsAllOfItHoweverOftenAndWhateverInterrupts() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        GuestSpec spec = spec("one", seed);
        Guest guest = start(spec);
        connect(guest, seed);
        Thread.currentThread().interrupt();
        guest.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(guest.isAlive()).isFalse();
        assertThat(leftOnHost(spec.folder())).isEmpty();
        assertThat(guest.sshSocket()).doesNotExist();
        assertThat(guest.console()).isNotEmptyFile();
        guest.close();
    }

    @Test
    void closingWhileItBootsLeavesNothing() throws Exception {
        GuestSpec spec = spec("one", key.newSeed("guest", "00"));
        Guest guest = start(spec);
        guest.close();
        assertThat(guest.isAlive()).isFalse();
        assertThat(leftOnHost(spec.folder())).isEmpty();
    }

    @Test
    void anotherOrchestratorTakesItUp() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        GuestSpec spec = spec("one", seed);
        Guest first = start(spec);
        connect(first, seed).run("echo kept >/run/kept", SOON);
        Guest found = newDriver().find(spec.folder()).orElseThrow();
        opened.add(found);
        assertThat(found.provenance()).isEqualTo(first.provenance()).isNotEmpty();
        assertThat(connect(found, seed).run("cat /run/kept", SOON).output()).isEqualTo("kept\n");
        found.close();
        assertThat(first.isAlive()).isFalse();
        assertThat(newDriver().find(spec.folder())).isEmpty();
    }

    @Test
    void anotherHostKeyIsRefused() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        Guest guest = start(spec("one", seed));
        assertThatThrownBy(() -> connect(guest, key.newSeed("guest", "00")))
                .isInstanceOf(HostKeyMismatch.class)
                .hasMessageContaining("cannot trust");
    }

    @Test
    void whatIsWrittenThroughIsOnTheDiskAfterPowerOff() throws Exception {
        Seed seed = key.newSeed("guest", "00");
        Path disk = home.resolve("disk.raw");
        copy(image().disk(), disk);
        GuestSpec spec = spec("prepare", seed);
        Guest guest =
                start(new GuestSpec("prepare", spec.image(), true, disk, spec.folder(), spec.memoryBytes(), 1, seed));
        SshShell shell = connect(guest, seed);
        assertThat(shell.run("echo prepared >/root/mark", SOON).ok()).isTrue();
        try {
            shell.run("poweroff", SOON);
        } catch (ConnectionCut expected) {
            assertThat(expected).hasMessageContaining("poweroff");
        }
        assertThat(Deadline.in(LIMIT).await(Duration.ofMillis(50), () -> !guest.isAlive()))
                .isTrue();
        guest.close();
        assertThat(leftOnHost(spec.folder())).isEmpty();
        assertThat(new ProcessBuilder("e2fsck", "-fn", disk.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("e2fsck.log").toFile())
                        .start()
                        .waitFor())
                .as(() -> read(home.resolve("e2fsck.log")))
                .isZero();
        assertThat(read(home.resolve("e2fsck.log"))).doesNotContain("recovering journal");
        Seed second = key.newSeed("second", "01");
        GuestSpec after = spec("two", second);
        Guest clone =
                start(new GuestSpec("two", after.image(), false, disk, after.folder(), after.memoryBytes(), 1, second));
        assertThat(connect(clone, second).run("cat /root/mark", SOON).output()).isEqualTo("prepared\n");
    }

    protected final Guest start(GuestSpec spec) throws Exception {
        Guest guest = driver.start(spec);
        opened.add(guest);
        return guest;
    }

    protected final SshShell connect(Guest guest, Seed seed) throws Exception {
        Clock clock = Clock.systemUTC();
        SshShell shell = SshShell.connect(guest, seed, key, clock.instant().plus(LIMIT), clock);
        opened.add(shell);
        return shell;
    }

    protected final Seed seed() {
        return key.newSeed("guest", "00");
    }

    protected final GuestSpec spec(String name, Seed seed) throws IOException {
        Path folder = Files.createDirectory(home.resolve(name));
        return new GuestSpec(name, image(), false, image().disk(), folder, 512L << 20, 1, seed);
    }

    private static Callable<Answer> command(SshShell shell, String command) {
        return () -> shell.run(command, LIMIT);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        List<String> command = List.of("cp", "--sparse=always", "--reflink=auto", from.toString(), to.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
    }
}
