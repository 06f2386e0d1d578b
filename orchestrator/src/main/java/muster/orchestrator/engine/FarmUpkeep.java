package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.metrics.FarmMetrics;
import muster.orchestrator.schedule.UpkeepClock;
import muster.orchestrator.upkeep.Backup;
import muster.orchestrator.upkeep.DeadAttempts;
import muster.orchestrator.upkeep.DiskRoom;
import muster.orchestrator.upkeep.EndedRuns;
import muster.orchestrator.upkeep.KeptFiles;
import muster.orchestrator.upkeep.OldFiles;
import muster.orchestrator.upkeep.Tidying;
import muster.orchestrator.upkeep.UnusedImages;
import muster.orchestrator.upkeep.UnusedRuntimes;
import muster.orchestrator.upkeep.UnusedTemplates;
import muster.orchestrator.web.BackupAnswer;
import muster.orchestrator.web.Tidied;
import muster.orchestrator.web.Upkeep;
import muster.orchestrator.web.UpkeepLine;
import muster.reports.Retention;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a farm at work looks after its home. */
final class FarmUpkeep implements Upkeep, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FarmUpkeep.class);

    /** How often the disk is looked at. */
    private static final Duration BEAT = Duration.ofSeconds(20);

    /** What did not help a moment ago does not now. */
    private static final Duration BETWEEN_EARLY_ONES = Duration.ofMinutes(10);

    private static final Duration UNUSED_TEMPLATES = Duration.ofDays(7);
    private static final Duration UNUSED_RUNS = Duration.ofDays(7);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

    private final Home home;
    private final FarmConfig config;
    private final Parts parts;
    private final Runnable settled;
    private final Clock clock;
    private final FarmMetrics metrics;
    private final Tidying tidying;
    private volatile @Nullable UpkeepClock daily;
    private volatile @Nullable Instant lastEarly;
    private volatile Supplier<Check> schedule =
            () -> new Check(false, "no service works here, only a run; begin 'muster serve' when it has ended");

    /** @param settled see {@link Backup} */
    FarmUpkeep(Home home, FarmConfig config, Parts parts, Runnable settled, Clock clock) throws IOException {
        this.home = home;
        this.settled = settled;
        this.config = config;
        this.parts = parts;
        this.clock = clock;
        Retention.Rules keep = config.keep();
        Duration longest = Duration.ofDays(Math.max(keep.days(), keep.failedDays()));
        this.tidying = new Tidying(
                List.of(
                        new KeptFiles(parts.farm().results(), keep, home.report()),
                        new UnusedImages(parts.images()),
                        new UnusedRuntimes(
                                home.runtimes(),
                                Set.of(
                                        "uml/" + config.uml().suite(),
                                        "qemu/" + config.qemu().suite())),
                        new UnusedTemplates(parts.drivers().values(), UNUSED_TEMPLATES),
                        new EndedRuns(home.runs(), parts.store(), UNUSED_RUNS),
                        new DeadAttempts(home, parts.store(), parts.farm().boots()),
                        new OldFiles("matrices", home.matricesOfRuns(), Pattern.compile("[0-9a-f]+\\.yaml"), longest),
                        new OldFiles(
                                "old copies of the store",
                                home.store(),
                                Pattern.compile("before-version-.*\\.zip"),
                                Duration.ofDays(keep.days()))),
                home.upkeep(),
                clock);
        this.metrics = new FarmMetrics(parts.farm().board(), clock);
        FarmGauges.add(metrics, home, parts, tidying);
    }

    /** What waits, and who listens, is known elsewhere. */
    void measure(Supplier<Number> waiting, IntSupplier listeners) {
        metrics.gauge("muster.queue.cells", "Cells that have not begun, those of runs to come too.", Map.of(), waiting);
        metrics.gauge("muster.sse.listeners", "Who listens to server-sent events.", Map.of(), listeners::getAsInt);
    }

    private Optional<Instant> lastAt() {
        return Optional.ofNullable(tidying.last()).map(Tidied::at);
    }

    /**
     * Begins to look after the home by itself.
     *
     * @param scheduling says how the clock of runs stands
     */
    void start(Supplier<Check> scheduling) throws FarmFailed {
        schedule = scheduling;
        UpkeepClock started = UpkeepClock.start(
                home.folder().toString(),
                new UpkeepClock.Times(config.upkeep().at(), config.zone(), BEAT),
                () -> tidyByItself(false),
                this::look);
        daily = started;
        boolean missed = lastAt().flatMap(started::next)
                .filter(time -> time.isBefore(clock.instant()))
                .isPresent();
        if (missed) {
            Thread.ofVirtual().name("missed upkeep").start(() -> tidyByItself(false));
        }
    }

    /** Removes what may go before the disk is full. */
    private void look() {
        Instant now = clock.instant();
        Instant before = lastEarly;
        if (parts.room().now().isShort()
                && (before == null || before.plus(BETWEEN_EARLY_ONES).isBefore(now))) {
            lastEarly = now;
            parts.room().lack().ifPresent(why -> LOG.warn("cells do not begin: {}", why));
            tidyByItself(true);
        }
    }

    private void tidyByItself(boolean early) {
        try {
            tidying.tidy(Set.of(), false, early);
        } catch (RuntimeException busy) {
            LOG.warn("the home was not tidied", busy);
        }
    }

    @Override
    public UpkeepLine line() {
        DiskRoom.Now room = parts.room().now();
        UpkeepClock started = daily;
        return new UpkeepLine(
                parts.room()
                        .lack()
                        .map(why -> "Cells do not begin: " + why + ".")
                        .orElse(""),
                room.free(),
                room.size(),
                room.least(),
                tidying.last(),
                started == null ? null : started.next(clock.instant()).orElse(null));
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public SortedMap<String, Check> checks() {
        SortedMap<String, Check> all = new TreeMap<>();
        all.put("store", inTime(this::store));
        all.put("schedule", inTime(schedule));
        all.put("disk", inTime(this::disk));
        return all;
    }

    private Check store() {
        parts.store().history().unfinishedRuns();
        return new Check(true, "it answers");
    }

    private Check disk() {
        return parts.room()
                .lack()
                .map(why -> new Check(false, why))
                .orElseGet(() -> new Check(true, Sizes.format(parts.room().now().free()) + " are free"));
    }

    private static Check inTime(Supplier<Check> check) {
        CompletableFuture<Check> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("health").start(() -> {
            try {
                answer.complete(check.get());
            } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
            }
        });
        try {
            return answer.get(LONGEST_CHECK.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            return new Check(false, "it has not answered for " + LONGEST_CHECK.toSeconds() + " s");
        } catch (ExecutionException broken) {
            LOG.warn("a part of the farm is not well", broken.getCause());
            return new Check(false, "it fails; the program's own log tells more");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Check(false, "nobody waited for its answer");
        }
    }

    @Override
    public void answered(String method, String path, int status, Duration took) {
        metrics.answered(method, path, status, took);
    }

    @Override
    public Tidied tidy(Set<String> kinds, boolean dryRun) {
        return tidying.tidy(kinds, dryRun, false);
    }

    @Override
    public BackupAnswer backUp(Path file) throws IOException {
        return tidying.still(() -> new Backup(home, parts.store(), settled, clock).write(file));
    }

    @Override
    public void close() throws IOException {
        metrics.close();
        UpkeepClock started = daily;
        if (started != null) {
            try {
                started.close();
            } catch (FarmFailed broken) {
                throw new IOException(broken.getMessage(), broken);
            }
        }
    }
}
