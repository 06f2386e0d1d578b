package muster.orchestrator.guest.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import muster.images.BaseImage;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.IsolationContract;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.guest.sandbox.SandboxRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LxcDriverIT extends IsolationContract {

    private static final Duration BEAT = Duration.ofMillis(10);
    private static final int TEXT = 128 * 1024;

    @BeforeAll
    static void asRoot() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "containers take root, and this is an ordinary user");
    }

    @Override
    protected GuestDriver newDriver() {
        return driver(LxcOptions.DEFAULTS);
    }

    private static GuestDriver driver(LxcOptions options) {
        return new LxcDriver(options, TestImages.KEPT.runtimes(), Clock.systemUTC());
    }

    /** Whose image is booted. */
    String distribution() {
        return "debian-12";
    }

    @Override
    protected BaseImage image() {
        return TestImages.of(distribution());
    }

    @Override
    protected ConsoleWords consoleWords() {
        return new ConsoleWords("systemd ", "cannot mount the root file system: no file system on the disk");
    }

    /** The end of a container's first program, which is its kernel's as far as it knows. */
    @Override
    protected void killFromOutside(Path folder) throws IOException {
        init(folder).kill();
    }

    @Override
    protected List<String> leftOnHost(Path folder) throws IOException {
        List<String> left = new ArrayList<>(super.leftOnHost(folder));
        Traces traces = new Traces(cgroups(folder), List.of(folder, folder.resolveSibling("disk.raw")));
        traces.cgroups().left().forEach(cgroup -> left.add("cgroup " + cgroup));
        traces.loops().forEach(loop -> left.add("loop device " + loop));
        return left;
    }

    /** Not a test here: the kernel is the host's. */
    @Override
    protected void aKernelPanicEndsItAndStandsOnItsConsole() {}

    @Test
    void noGuestMakesTheHostsKernelPanic() throws Exception {
        assertThat(shared().run("echo h >/proc/sysrq-trigger", LIMIT).ok()).isFalse();
    }

    @Test
    void allOfItsSystemRuns() throws Exception {
        assertThat(shared().run("systemctl is-system-running --wait || systemctl --failed", LIMIT)
                        .output())
                .isEqualTo("running\n");
        assertThat(sharedGuest().provenance())
                .containsEntry(
                        "kernel.version",
                        shared().run("uname -r", LIMIT).output().strip())
                .containsKeys("driver.package.lxc", "driver.masked", "host.cpu");
        assertThat(shared().run("su tester -c 'id -u'; stat -c %u /usr/bin/su; uname -n", LIMIT)
                        .output())
                .isEqualTo("1000\n0\nfirst\n");
    }

    @Test
    void aGuestThatWasNotWrittenDownIsFoundAndEnded() throws Exception {
        GuestSpec spec = spec(seed());
        start(spec);
        Files.delete(spec.folder().resolve("guest.json"));
        assertThat(leftOnHost(spec.folder())).isNotEmpty();
        assertThat(newDriver().find(spec.folder())).isEmpty();
        assertThat(leftOnHost(spec.folder())).isEmpty();
    }

    @Test
    void theEndOfWhatItLivesInIsItsEnd() throws Exception {
        GuestSpec spec = spec(seed());
        Guest guest = start(spec);
        HostProcess init = init(spec.folder());
        SandboxRecord.read(spec.folder()).orElseThrow().sandbox().kill();
        assertThat(Deadline.in(LIMIT).await(BEAT, () -> !guest.isAlive() && !init.isAlive()))
                .isTrue();
        assertThat(newDriver().find(spec.folder())).isEmpty();
        assertThat(leftOnHost(spec.folder())).isEmpty();
    }

    @Test
    void whatTheConsoleSaysWithoutEndIsCut() throws Exception {
        GuestSpec spec = spec(seed());
        try (Guest guest = driver(new LxcOptions(LxcOptions.PROCESSES, TEXT, LxcOptions.DEFAULTS.diskBytes()))
                .start(spec)) {
            connect(guest, spec.seed()).run("yes flood | head -c 3000000 >/dev/console", LIMIT);
            assertThat(Files.size(guest.console())).isLessThanOrEqualTo(TEXT);
            assertThat(Files.readString(guest.console())).endsWith("muster: the console was cut here\n");
            assertThat(guest.consoleCutAt()).isEqualTo(TEXT);
            assertThat(guest.isAlive()).isTrue();
        }
    }

    @Test
    void whatTakesMoreThanItsShareIsRefusedAndTheGuestGoesOn() throws Exception {
        GuestSpec spec = spec(seed());
        try (Guest guest = driver(new LxcOptions(200, TEXT, 64 << 20)).start(spec)) {
            var shell = connect(guest, spec.seed());
            assertThat(shell.run("tail /dev/zero", LIMIT).ok()).isFalse();
            assertThat(shell.run("fallocate -l 100M /root/big", LIMIT).error()).contains("No space left");
            assertThat(shell.run("timeout 20 sh -c 'for i in $(seq 300); do sleep 60 >/dev/null 2>&1 & done'", LIMIT)
                            .error())
                    .contains("fork");
            assertThat(shell.run("pkill sleep; echo on", LIMIT).output()).isEqualTo("on\n");
        }
    }

    /** Files in memory belong to no process: all are taken for them, the greatest first. */
    @Test
    void aGuestWhoseFirstProcessIsKilledForItsMemoryEndsAndSaysSo() throws Exception {
        GuestSpec spec = spec(seed());
        try (Guest guest = start(spec)) {
            assertThat(guest.exhausted()).isEmpty();
            connect(guest, spec.seed())
                    .run(
                            "(while :; do head -c 1000000 /dev/zero; done >>/dev/shm/all) </dev/null >/dev/null 2>&1 &"
                                    + " (while :; do dd if=/dev/zero of=/dev/shm/$RANDOM bs=1M count=1000; done) </dev/null >/dev/null 2>&1 &",
                            LIMIT);
            assertThat(Deadline.in(LIMIT).await(BEAT, () -> !guest.isAlive())).isTrue();
            assertThat(guest.exhausted())
                    .as(Files.readString(guest.console()))
                    .matches(
                            "ended when its memory was exhausted: the kernel killed [1-9]\\d* of its processes for it");
        }
    }

    @Test
    void guestsReachNoAbstractSocketOfTheHost() throws Exception {
        String name = "muster-test-" + ProcessHandle.current().pid();
        String client = "perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, pack(\"Sa*\", AF_UNIX, \"\\0"
                + name + "\")) or exit 1'";
        Process server = new ProcessBuilder("socat", "ABSTRACT-LISTEN:" + name + ",fork", "OPEN:/dev/null").start();
        try {
            assertThat(Deadline.in(LIMIT).await(BEAT, () -> succeeds(client))).isTrue();
            assertThat(shared().run(client, LIMIT).status()).isEqualTo(1);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void guestsAreNobodyOnTheHostAndMayDoNothingToIt() throws Exception {
        assertThat(shared().run("cat /proc/self/uid_map", LIMIT).output().strip())
                .matches("0 +1[0-9]{9} +65536");
        for (String deed : List.of(
                "mknod /root/disk b 254 0",
                "dmesg",
                "cat /dev/kmsg",
                "echo 1 >/proc/sys/vm/drop_caches",
                "echo core >/proc/sys/kernel/core_pattern",
                "mount -o remount,rw /proc/sys && echo core >/proc/sys/kernel/core_pattern",
                "mount -t ext4 /dev/vda /mnt",
                "date -s 2001-01-01",
                "echo 1 >/sys/kernel/profiling")) {
            assertThat(shared().run(deed, LIMIT).ok()).as(deed).isFalse();
        }
        assertThat(shared().run("ls /sys/class/net", LIMIT).output()).isEqualTo("lo\n");
        assertThat(shared().run("ls /sys/fs/cgroup/cgroup.procs && stat -f -c %T /sys/fs/cgroup", LIMIT)
                        .output())
                .endsWith("cgroup2fs\n");
    }

    @Test
    void refusesWhatItCannotRunBeforeAnythingIsStarted() throws Exception {
        GuestSpec sound = spec(seed());
        BaseImage foreign = TestImages.saidToBeFor("arm64", image());
        assertThatThrownBy(() -> driver.start(on(sound, foreign, sound.disk())))
                .isInstanceOf(FarmFailed.class)
                .hasMessageStartingWith("cannot run guest on lxc")
                .hasMessageContaining("arm64");
        assertThat(sound.folder()).isEmptyDirectory();
    }

    @Test
    void aStartThatFailsLeavesNothing() throws Exception {
        GuestSpec sound = spec(seed());
        assertThatThrownBy(() -> driver.start(on(sound, image(), Path.of("/nonexistent.raw"))))
                .isInstanceOf(FarmFailed.class)
                .hasMessageContaining("/nonexistent.raw");
        assertThat(sound.folder()).isEmptyDirectory();
        assertThat(leftOnHost(sound.folder())).isEmpty();
    }

    private static GuestSpec on(GuestSpec spec, BaseImage image, Path disk) {
        return new GuestSpec(spec.label(), image, false, disk, spec.folder(), spec.memoryBytes(), 1, spec.seed());
    }

    private static boolean succeeds(String command) {
        try {
            return new ProcessBuilder("sh", "-c", command).start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Cgroups cgroups(Path folder) {
        return Cgroups.here(Identity.of(folder).name());
    }

    /** The process that is the guest's own number 1. */
    private static HostProcess init(Path folder) throws IOException {
        for (Path cgroup : cgroups(folder).left()) {
            try (Stream<Path> files = Files.walk(cgroup)) {
                for (Path file : files.filter(path ->
                                path.endsWith("cgroup.procs") && path.toString().contains("payload"))
                        .toList()) {
                    for (String pid : Files.readAllLines(file)) {
                        if (Files.readString(Path.of("/proc", pid, "status")).matches("(?s).*NSpid:[\\s\\d]+\t1\n.*")) {
                            return HostProcess.of(Long.parseLong(pid)).orElseThrow();
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("no first process of the guest of " + folder);
    }
}
