package muster.orchestrator.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.web.Tidied;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has no reason to stay, one kind after the other, and remembers in a file when it did last. Safe for many threads. */
public final class Tidying {

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    private final List<Collector> collectors;
    private final Path record;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Tidied last;
    private final LongAdder bytes = new LongAdder();

    /** @param record of the last time; need not be there yet */
    public Tidying(List<Collector> collectors, Path record, Clock clock) throws IOException {
        this.collectors = collectors;
        this.record = record;
        this.clock = clock;
        this.last = read(record);
    }

    private static @Nullable Tidied read(Path record) throws IOException {
        try {
            return JsonFile.read(record, Tidied.class).orElse(null);
        } catch (JsonFile.Unreadable broken) {
            LOG.warn("when the home was tidied last is not told any more", broken);
            return null;
        }
    }

    /** What was removed last, by this process or one before it; null where nothing was yet. */
    public @Nullable Tidied last() {
        return last;
    }

    /** What was removed since this process began, in bytes. */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * @param kinds only these; all where it is empty
     * @param early whether that is because the disk is nearly full
     * @throws IllegalArgumentException with a message for people where there is no such kind, or it is done already
     */
    public Tidied tidy(Set<String> kinds, boolean dryRun, boolean early) {
        List<String> known = collectors.stream().map(Collector::kind).toList();
        kinds.stream().filter(kind -> !known.contains(kind)).findFirst().ifPresent(kind -> {
            throw new IllegalArgumentException(
                    "cannot remove '" + kind + "': no such kind; there are " + String.join(", ", known));
        });
        if (!lock.tryLock()) {
            throw new IllegalArgumentException(
                    "cannot look for what may go: that, or a backup, is under way already; try again when it is done");
        }
        try {
            Instant now = clock.instant();
            List<Tidied.Part> parts = collectors.stream()
                    .filter(collector -> kinds.isEmpty() || kinds.contains(collector.kind()))
                    .map(collector -> part(collector, now, dryRun))
                    .toList();
            Tidied tidied = new Tidied(now, early, parts);
            if (!dryRun) {
                LOG.info(
                        "removed what had no reason to stay{}: {}",
                        early ? ", for the disk is nearly full" : "",
                        tidied.words());
                remember(tidied);
            }
            return tidied;
        } finally {
            lock.unlock();
        }
    }

    /** Does something while nothing is removed; waits until it is so. */
    public <T> T still(Still<T> work) throws IOException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What is done while nothing is removed. */
    @FunctionalInterface
    public interface Still<T> {
        T run() throws IOException;
    }

    private static Tidied.Part part(Collector collector, Instant now, boolean dryRun) {
        try {
            Collector.Found found = collector.collect(now, dryRun);
            return new Tidied.Part(collector.kind(), found.count(), found.bytes(), "");
        } catch (IOException | UncheckedIOException failed) {
            LOG.error("cannot look for {} that may go", collector.kind(), failed);
            return new Tidied.Part(
                    collector.kind(), 0, 0, "cannot look for " + collector.kind() + ": " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Tidied.Part(collector.kind(), 0, 0, "cannot look for " + collector.kind() + ": interrupted");
        }
    }

    private void remember(Tidied tidied) {
        last = tidied;
        bytes.add(tidied.bytes());
        try {
            JsonFile.write(record, tidied);
        } catch (IOException full) {
            LOG.warn("cannot write down when the home was tidied", full);
        }
    }
}
