package muster.orchestrator.guest.uml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.guest.sandbox.SandboxRecord;
import org.junit.jupiter.api.Test;

class UmlDriverIT extends IsolationContract {

    private static final BaseImage DEBIAN_12 = TestImages.debian12();

    @Override
    protected GuestDriver newDriver() {
        return driver(UmlOptions.DEFAULTS);
    }

    private static GuestDriver driver(UmlOptions options) {
        return new UmlDriver(options, TestImages.KEPT.runtimes(), Mirrors.of(Map.of()), Clock.systemUTC());
    }

    @Override
    protected Optional<GuestDriver> driverWithMirrors(Mirrors mirrors) {
        return Optional.of(new UmlDriver(UmlOptions.DEFAULTS, TestImages.KEPT.runtimes(), mirrors, Clock.systemUTC()));
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
        return new ConsoleWords("SELinux:", "Kernel panic - not syncing: VFS: Unable to mount root fs");
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
    void whatTheConsoleSaysWithoutEndIsCut() throws Exception {
        GuestSpec spec = spec(seed());
        GuestDriver terse =
                driver(new UmlOptions(true, false, "forky", "http://deb.debian.org/debian", 128 * 1024, 1L << 30));
        try (Guest guest = terse.start(spec)) {
            connect(guest, spec.seed()).run("yes flood | head -c 3000000 >/dev/console", LIMIT);
            assertThat(Files.size(guest.console())).isLessThanOrEqualTo(128 * 1024);
            assertThat(Files.readString(guest.console())).endsWith("muster: the console was cut here\n");
            assertThat(guest.consoleCutAt()).isEqualTo(128 * 1024);
            assertThat(guest.isAlive()).isTrue();
        }
    }

    @Test
    void refusesWhatItCannotRunBeforeAnythingIsStarted() throws Exception {
        Seed seed = seed();
        GuestSpec sound = spec(seed);
        BaseImage i386 = TestImages.saidToBeFor("i386", image());
        GuestSpec foreign =
                new GuestSpec("a:b:c@uml", i386, false, sound.disk(), sound.folder(), sound.memoryBytes(), 1, seed);
        assertThatThrownBy(() -> driver.start(foreign))
                .isInstanceOf(FarmFailed.class)
                .hasMessageStartingWith("cannot run a:b:c@uml on uml")
                .hasMessageContaining("i386");
        GuestSpec wide =
                new GuestSpec("a:b:c@uml", image(), false, sound.disk(), sound.folder(), sound.memoryBytes(), 2, seed);
        assertThatThrownBy(() -> driver.start(wide)).hasMessageContaining("2 processors");
        Path deep = Files.createDirectory(sound.folder().resolve("x".repeat(100)));
        GuestSpec far = new GuestSpec("a:b:c@uml", image(), false, sound.disk(), deep, sound.memoryBytes(), 1, seed);
        assertThatThrownBy(() -> driver.start(far)).hasMessageContaining("shorter --home");
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aStartThatFailsLeavesNothing() throws Exception {
        Seed seed = seed();
        GuestSpec sound = spec(seed);
        GuestSpec spec = new GuestSpec(
                "lost", image(), false, Path.of("/nonexistent.raw"), sound.folder(), sound.memoryBytes(), 1, seed);
        assertThatThrownBy(() -> driver.start(spec))
                .isInstanceOf(FarmFailed.class)
                .hasMessageContaining("/nonexistent.raw");
        assertThat(sound.folder()).isEmptyDirectory();
    }
}
