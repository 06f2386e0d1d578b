package muster.reports.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import muster.reports.view.CellLine;
import muster.reports.view.RunView;
import muster.reports.view.SlowCases;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param causes what the broken cases share
 * @param guests its guests on their hosts
 * @param slow which cases took long
 * @param previous the run of the same matrix before it, or null
 * @param asOf when it was exported, or null for a run that has ended
 */
public record RunPage(
        RunView view,
        RunSummary summary,
        List<Row> rows,
        List<Broken> broken,
        List<SharedCause> causes,
        GuestChart guests,
        SlowCases slow,
        @Nullable Long previous,
        @Nullable Instant asOf) {

    /** How many slow cases are named. */
    static final int SLOW = 10;

    /**
     * A cell of the run.
     *
     * @param took null before it began
     * @param x where its bar begins, in thousandths of the run's time
     * @param width of its bar
     */
    public record Row(CellLine line, State state, @Nullable Duration took, long x, long width) {}

    static RunPage of(
            RunView view,
            List<SharedCause> causes,
            GuestChart guests,
            SlowCases slow,
            @Nullable Long previous,
            Instant now) {
        RunSummary summary = RunSummary.of(view.run(), now);
        Instant from = view.run().queuedAt();
        Instant to = Stream.concat(
                        Stream.of(from.plus(summary.took())),
                        view.cells().stream().flatMap(line -> Stream.ofNullable(line.endedAt())))
                .max(Instant::compareTo)
                .orElseThrow();
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        List<Row> rows =
                view.cells().stream().map(line -> row(line, from, whole, now)).toList();
        List<Broken> broken = Broken.gather(Map.of(view.run().number(), view.broken()));
        return new RunPage(view, summary, rows, broken, causes, guests, slow, previous, summary.live() ? now : null);
    }

    private static Row row(CellLine line, Instant from, long whole, Instant now) {
        Instant began = line.startedAt();
        if (began == null) {
            return new Row(line, State.of(line), null, 0, 0);
        }
        Instant end = line.endedAt();
        Duration took = Duration.between(began, end == null ? now : end);
        long x = Duration.between(from, began).toMillis() * 1_000 / whole;
        return new Row(line, State.of(line), took, Math.max(0, x), Math.max(4, took.toMillis() * 1_000 / whole));
    }
}
