package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.config.Channel.Event;
import muster.reports.store.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an outbox when the power is cut. */
class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path folder;

    private final Forced disk = new Forced();

    /** What of files and folders was forced to the disk: all that is there after the power was cut. */
    private static final class Forced implements Disk {

        private final Map<Object, byte[]> contents = new HashMap<>();
        private final Map<Path, Map<String, Object>> names = new HashMap<>();

        @Override
        public void force(Path path) throws IOException {
            if (Files.isDirectory(path)) {
                Map<String, Object> now = new TreeMap<>();
                try (Stream<Path> files = Files.list(path)) {
                    for (Path file : files.toList()) {
                        now.put(file.getFileName().toString(), inode(file));
                    }
                }
                names.put(path, now);
            } else {
                contents.put(inode(path), Files.readAllBytes(path));
            }
        }

        private static Object inode(Path path) throws IOException {
            return Files.getAttribute(path, "unix:ino");
        }

        /** Makes a folder of what is there of another. */
        void afterPowerCut(Path of, Path into) throws IOException {
            Files.createDirectories(into);
            for (Map.Entry<String, Object> name :
                    names.getOrDefault(of, Map.of()).entrySet()) {
                if (Files.isDirectory(of.resolve(name.getKey()))) {
                    afterPowerCut(of.resolve(name.getKey()), into.resolve(name.getKey()));
                } else {
                    Files.write(into.resolve(name.getKey()), contents.getOrDefault(name.getValue(), new byte[0]));
                }
            }
        }
    }

    private static Notice notice(String id) {
        return new Notice(id, Event.LATE, "nightly", 12, NOW, "headline of " + id, "text", "link");
    }

    private Outbox afterPowerCut(String name) throws IOException {
        disk.afterPowerCut(folder.resolve("notices"), folder.resolve(name));
        return new Outbox(folder.resolve(name).resolve("team"));
    }

    @Test
    void whatWaitsIsThereAfterThePowerWasCutAndWhatWasToldIsNotToldAgain() throws IOException {
        Outbox outbox = new Outbox(folder.resolve("notices/team"), disk);
        outbox.put(notice("1-late"));
        outbox.put(notice("2-late"));
        assertThat(afterPowerCut("first").waiting()).containsExactly(notice("1-late"), notice("2-late"));

        outbox.told(List.of(notice("1-late")));
        Outbox after = afterPowerCut("second");
        assertThat(after.waiting()).containsExactly(notice("2-late"));
        assertThat(after.put(notice("1-late"))).as("it was told").isFalse();
    }
}
