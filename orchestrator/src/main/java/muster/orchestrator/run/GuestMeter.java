package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostUsage;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.log.LogContext;
import muster.orchestrator.matrix.Cell;
import muster.reports.GuestUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what a guest takes of its host, from when it answers until its attempt is done with it. What was measured lies in
 * the attempt's folder, so that the next orchestrator's meter goes on where this one was.
 */
final class GuestMeter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuestMeter.class);
    private static final String FILE = "use.json";

    /** To look once takes some milliseconds of a guest's time. */
    private static final Duration BEAT = Duration.ofSeconds(10);

    private static final Duration FIRST_BEAT = Duration.ofSeconds(1);

    private final Guest guest;
    private final Path folder;
    private final Clock clock;
    private final Thread measuring;
    private @Nullable Measured measured;

    /** What was measured up to now: CPU milliseconds are those since the guest was started. */
    record Measured(long peakBytes, long cpuFrom, Instant from, long cpuTo, Instant to) {

        Measured and(HostUsage usage, Instant at) {
            return new Measured(
                    Math.max(peakBytes, usage.memoryBytes()),
                    cpuFrom,
                    from,
                    Math.max(cpuTo, usage.cpu().toMillis()),
                    at);
        }
    }

    /**
     * Begins to measure.
     *
     * @param folder of the attempt, or of its shard
     */
    GuestMeter(Guest guest, Path folder, Clock clock) throws IOException {
        this.guest = guest;
        this.folder = folder;
        this.clock = clock;
        this.measured = read(folder);
        this.measuring =
                Thread.ofVirtual().name("meter " + folder.getFileName()).start(LogContext.carried(this::measure));
    }

    private void measure() {
        try {
            look();
            TimeUnit.NANOSECONDS.sleep(FIRST_BEAT.toNanos());
            while (look()) {
                TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
            }
        } catch (InterruptedException done) {
            LOG.debug("no longer measuring the guest in {}", folder);
        } catch (UncheckedIOException unwritable) {
            LOG.warn("cannot go on measuring the guest in {}", folder, unwritable);
        }
    }

    /** Whether there was something to be seen. */
    private synchronized boolean look() {
        Optional<HostUsage> usage = guest.process().flatMap(HostUsage::of);
        if (usage.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        long cpu = usage.get().cpu().toMillis();
        Measured before = measured;
        Measured after = before == null
                ? new Measured(usage.get().memoryBytes(), cpu, now, cpu, now)
                : before.and(usage.get(), now);
        measured = after;
        try {
            JsonFile.write(folder.resolve(FILE), after);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return true;
    }

    private static @Nullable Measured read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), Measured.class).orElse(null);
    }

    /** Forgets what was measured of an attempt's earlier guest. */
    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** What the guest has used up to now; empty where nothing could be measured. */
    synchronized Optional<GuestUse> use(Cell.Shape shape) {
        look();
        Measured all = measured;
        if (all == null || !all.to().isAfter(all.from())) {
            return Optional.empty();
        }
        return Optional.of(new GuestUse(
                shape.memoryBytes(),
                shape.cpus(),
                all.peakBytes(),
                Duration.ofMillis(all.cpuTo() - all.cpuFrom()),
                Duration.between(all.from(), all.to())));
    }

    @Override
    public void close() {
        measuring.interrupt();
    }
}
