package muster.orchestrator.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.reports.store.Disk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one channel is to be told, a file each, and what it was told: nothing is lost when the service ends or the power is cut,
 * and nothing told twice. Safe for many threads of one process.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** What waits for longer than this is of no use to anybody any more. */
    static final Duration KEPT = Duration.ofDays(7);

    private final Path waiting;
    private final Path told;
    private final Disk disk;

    Outbox(Path folder) throws IOException {
        this(folder, Disk.HOST);
    }

    Outbox(Path folder, Disk disk) throws IOException {
        this.waiting = Files.createDirectories(folder.resolve("waiting"));
        this.told = Files.createDirectories(folder.resolve("told"));
        this.disk = disk;
        disk.force(folder);
        disk.force(Objects.requireNonNull(folder.toAbsolutePath().getParent()));
    }

    /** Returns whether it is new: neither waits nor was told. */
    synchronized boolean put(Notice notice) throws IOException {
        String name = notice.id() + ".json";
        if (Files.exists(waiting.resolve(name)) || Files.exists(told.resolve(name))) {
            return false;
        }
        Path fresh = Files.write(waiting.resolve(name + ".part"), JSON.writeValueAsBytes(notice));
        disk.settle(fresh, waiting.resolve(name));
        return true;
    }

    /** What is to be told, the oldest first. */
    synchronized List<Notice> waiting() throws IOException {
        List<Notice> notices = new ArrayList<>();
        for (Path file : files(waiting)) {
            Notice notice = read(file);
            if (notice != null) {
                notices.add(notice);
            }
        }
        notices.sort(Comparator.comparing(Notice::at).thenComparing(Notice::id));
        return notices;
    }

    /** Notices were told. */
    synchronized void told(List<Notice> notices) throws IOException {
        for (Notice notice : notices) {
            String name = notice.id() + ".json";
            Files.move(waiting.resolve(name), told.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        disk.force(told);
        disk.force(waiting);
    }

    /** Forgets what was told, and gives up what has waited, for longer than {@link #KEPT}; returns what it gave up. */
    synchronized List<Notice> forget(Instant now) throws IOException {
        List<Notice> old = waiting().stream()
                .filter(notice -> notice.at().isBefore(now.minus(KEPT)))
                .toList();
        told(old);
        for (Path file : files(told)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(KEPT.multipliedBy(2)))) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException gone) {
                LOG.debug("{} was deleted by somebody else", file);
            }
        }
        return old;
    }

    /** Forgets of what waits, and of what was told, what is not as described. */
    synchronized void keepOnly(Predicate<Notice> described) throws IOException {
        for (Path folder : List.of(waiting, told)) {
            for (Path file : files(folder)) {
                Notice notice = read(file);
                if (notice != null && !described.test(notice)) {
                    LOG.info("nobody is told, or was: {}", notice.headline());
                    Files.delete(file);
                }
            }
        }
    }

    private static @Nullable Notice read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), Notice.class);
        } catch (JacksonException broken) {
            LOG.error("cannot read the notice {}: it is set aside", file, broken);
            Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
            return null;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
