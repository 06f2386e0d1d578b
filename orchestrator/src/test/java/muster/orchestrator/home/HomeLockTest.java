package muster.orchestrator.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

    @TempDir
    Path folder;

    @Test
    void oneHolderAtATime() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        try (HomeLock held = HomeLock.take(home).orElseThrow()) {
            assertThat(HomeLock.take(home)).isEmpty();
            held.announce(new HomeLock.Door(1, 2, "secret"));
        }
        HomeLock.take(home).orElseThrow().close();
    }

    @Test
    void theDoorIsSeenWhileTheHomeIsHeldAndNotAfter() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        HomeLock held = HomeLock.take(home).orElseThrow();
        HomeLock.Door door = new HomeLock.Door(12, 3456, "secret");
        held.announce(door);
        assertThat(HomeLock.door(home)).contains(door);
        held.close();
        assertThat(HomeLock.door(home)).isEmpty();
    }

    @Test
    void whoAsksForTheDoorWithinTheHolderTakesNothingFromIt() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        try (HomeLock held = HomeLock.take(home).orElseThrow()) {
            held.announce(new HomeLock.Door(1, 2, "secret"));
            assertThat(HomeLock.door(home)).isPresent();
            assertThat(HomeLock.take(home)).isEmpty();
            String file = ":" + Files.getAttribute(home.lock(), "unix:ino") + " ";
            assertThat(Files.readAllLines(Path.of("/proc/locks")))
                    .as("the locks that the kernel knows, one on the inode " + file)
                    .anyMatch(line -> line.contains(file) && line.contains("WRITE"));
        }
    }

    @Test
    void aDoorLeftByAHolderThatDiedIsNotBelieved() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        HomeLock held = HomeLock.take(home).orElseThrow();
        held.announce(new HomeLock.Door(12, 3456, "secret"));
        byte[] door = Files.readAllBytes(home.door());
        held.close();
        Files.write(home.door(), door);
        assertThat(HomeLock.door(home)).isEmpty();
    }

    @Test
    void theHomeAndItsSecretAreItsOwnersAlone() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        try (HomeLock held = HomeLock.take(home).orElseThrow()) {
            held.announce(new HomeLock.Door(1, 2, "secret"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.door())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theHomeIsWhereTheEnvironmentSays() {
        assertThat(Home.usual(Map.of("MUSTER_HOME", "/a", "XDG_DATA_HOME", "/b")))
                .isEqualTo(Path.of("/a"));
        assertThat(Home.usual(Map.of("XDG_DATA_HOME", "/b"))).isEqualTo(Path.of("/b/muster"));
        assertThat(Home.usual(Map.of("XDG_DATA_HOME", "not absolute")))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/muster"));
    }
}
