package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the fake does is what real drivers do, or tests that use it prove nothing. */
class FakeDriverTest extends GuestDriverContract {

    @TempDir
    static Path images;

    @BeforeAll
    static void makeDisk() throws IOException {
        Files.writeString(images.resolve("disk.raw"), "a fake disk");
    }

    @Override
    protected GuestDriver newDriver() {
        return driver == null ? new FakeDriver() : fake().successor();
    }

    private FakeDriver fake() {
        return (FakeDriver) driver;
    }

    @Override
    protected BaseImage image() {
        Manifest manifest = new Manifest(
                "fake",
                "amd64",
                "0",
                "0",
                "0",
                new TreeMap<>(),
                List.of(),
                null,
                Instant.EPOCH,
                11,
                "0",
                null,
                new TreeMap<>(),
                true,
                null,
                null);
        return new BaseImage("fake-0", images, manifest);
    }

    @Override
    protected ConsoleWords consoleWords() {
        return new ConsoleWords("Booting", "VFS: Unable to mount root fs");
    }

    @Override
    protected void killFromOutside(Path folder) {
        fake().running().stream()
                .filter(guest -> guest.console().startsWith(folder))
                .forEach(FakeGuest::die);
    }

    @Override
    protected String filesIn(GuestSpec spec) throws IOException {
        return Files.createDirectories(FakeDriver.disk(spec.folder())).toString();
    }

    @Override
    protected GuestSpec thatCannotBoot(GuestSpec sound) {
        fake().boots(FakeDriver.Boot.PANICS, FakeDriver.Boot.READY);
        return sound;
    }

    @Override
    protected GuestSpec thatTakesItsTime(GuestSpec spec) {
        fake().boots(FakeDriver.Boot.NEVER, FakeDriver.Boot.READY);
        return spec;
    }

    /** A fake disk has no file system. */
    @Override
    protected void assertShutDownWell(Path disk) throws IOException {
        org.assertj.core.api.Assertions.assertThat(disk).hasContent("a fake disk");
    }
}
