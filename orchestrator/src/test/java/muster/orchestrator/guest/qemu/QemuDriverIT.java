package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import muster.images.BaseImage;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.IsolationContract;
import muster.orchestrator.guest.ResumingDriver;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.guest.sandbox.SandboxRecord;
import org.junit.jupiter.api.Test;

/** The contract holds for resumed guests; those with a disk of their own, or of another shape, boot. */
class QemuDriverIT extends IsolationContract {

    private static final BaseImage DEBIAN_12 = TestImages.debian12();

    @Override
    protected GuestDriver newDriver() {
        return new ResumingDriver(driver(QemuOptions.DEFAULTS), TestImages.KEPT.keys());
    }

    private static GuestDriver driver(QemuOptions options) {
        return driver(options, Mirrors.of(Map.of()));
    }

    private static GuestDriver driver(QemuOptions options, Mirrors mirrors) {
        return new QemuDriver(
                options,
                TestImages.KEPT.runtimes(),
                new TemplateSpace(TestImages.KEPT.templates(), 2L << 30),
                mirrors,
                Clock.systemUTC());
    }

    @Override
    protected Optional<GuestDriver> driverWithMirrors(Mirrors mirrors) {
        return Boolean.getBoolean("muster.full")
                ? Optional.of(driver(QemuOptions.DEFAULTS, mirrors))
                : Optional.empty();
    }

    @Override
    protected BaseImage image() {
        return DEBIAN_12;
    }

    @Override
    protected void killFromOutside(Path folder) throws IOException {
        SandboxRecord.read(folder).orElseThrow().sandbox().kill();
    }

    @Override
    protected ConsoleWords consoleWords() {
        return new ConsoleWords("", "mounting /dev/vda on /root failed");
    }

    @Test
    void theDistributionsOwnKernelRunsAndIsToldWithAllThatCouldExplainAResult() throws Exception {
        String release = shared().run("uname -r", LIMIT).output().strip();
        assertThat(sharedGuest().provenance())
                .containsEntry("kernel.version", release)
                .containsEntry("driver.name", "qemu")
                .containsKeys("driver.accelerator", "driver.accelerator.why", "driver.masked", "host.kernel")
                .containsKey(Templating.TEMPLATE)
                .hasEntrySatisfying(
                        "driver.version", version -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+"))
                .hasEntrySatisfying(
                        "driver.command",
                        command -> assertThat(command)
                                .contains("qemu-system-x86_64 ")
                                .contains("restrict=on"));
        assertThat(driver.description()).startsWith("QEMU ");
    }

    @Test
    void aGuestBesideOneOfAnotherDriverHasTheProcessorsItAskedForAndItsConsoleHasACeiling() throws Exception {
        QemuOptions usual = QemuOptions.DEFAULTS;
        GuestDriver terse = driver(new QemuOptions(
                usual.accelerator(),
                usual.machine(),
                usual.cpu(),
                usual.translationBytes(),
                usual.suite(),
                usual.archive(),
                128 * 1024,
                usual.diskBytes()));
        GuestSpec one = spec(seed());
        GuestSpec two = new GuestSpec(
                one.label(), one.image(), false, one.disk(), one.folder(), one.memoryBytes(), 2, one.seed());
        // As guests of User-Mode Linux lock the image that they share with this one.
        try (FileChannel base = FileChannel.open(image().disk(), StandardOpenOption.READ);
                FileLock _ = base.lock(0, Long.MAX_VALUE, true);
                Guest guest = terse.start(two)) {
            var shell = connect(guest, two.seed());
            assertThat(shell.run("nproc", LIMIT).output()).isEqualTo("2\n");
            shell.run("yes flood | head -c 300000 >/dev/console", LIMIT);
            assertThat(Files.size(guest.console())).isLessThanOrEqualTo(128 * 1024);
            assertThat(Files.readString(guest.console())).endsWith("muster: the console was cut here\n");
            assertThat(guest.consoleCutAt()).isEqualTo(128 * 1024);
            assertThat(guest.isAlive()).isTrue();
        }
    }

    @Test
    void refusesWhatItCannotRunBeforeAnythingIsStarted() throws Exception {
        GuestSpec sound = spec(seed());
        BaseImage bare = new BaseImage("debian-12-bare", sound.folder(), image().manifest());
        assertThatThrownBy(() -> driver.start(new GuestSpec(
                        "a:b:c@qemu", bare, false, sound.disk(), sound.folder(), sound.memoryBytes(), 1, sound.seed())))
                .isInstanceOf(FarmFailed.class)
                .hasMessageStartingWith("cannot run a:b:c@qemu on qemu")
                .hasMessageContaining("has no kernel");
        assertThat(sound.folder()).isEmptyDirectory();
    }

    @Test
    void aStartThatFailsLeavesNothingAndSaysWhatQemuSaid() throws Exception {
        GuestSpec spec = spec(seed());
        GuestSpec huge =
                new GuestSpec("huge", spec.image(), false, spec.disk(), spec.folder(), 1L << 50, 1, spec.seed());
        assertThatThrownBy(() -> driver.start(huge))
                .isInstanceOf(FarmFailed.class)
                .hasMessageStartingWith("cannot start a guest for huge: ")
                .hasMessageContaining("memory");
        assertThat(spec.folder()).isEmptyDirectory();
    }
}
