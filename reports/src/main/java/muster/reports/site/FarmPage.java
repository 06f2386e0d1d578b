package muster.reports.site;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import muster.reports.Outcome;
import muster.reports.view.CellLine;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import org.jspecify.annotations.Nullable;

/**
 * The farm at a glance.
 *
 * @param newest the newest run, or null in a farm that never ran
 * @param rows a distribution each
 * @param broken what is newly broken in the newest ended cell of any lane
 * @param nights the verdicts of the last runs
 * @param runs the last ones, the newest first
 * @param asOf when it was exported
 */
public record FarmPage(
        @Nullable RunSummary newest,
        List<String> columns,
        List<Row> rows,
        List<Broken> broken,
        OverTime nights,
        List<RunSummary> runs,
        Instant asOf) {

    /** A distribution and its squares, one a column; null where nothing was ever run. */
    public record Row(String distribution, List<@Nullable Square> squares) {}

    /** One lane: its newest cell and a strip of its last ones. */
    public record Square(String column, CellLine line, State state, Strip strip) {}

    static FarmPage of(FarmView farm, List<RunLine> runs, List<Broken> broken, OverTime nights, Instant asOf) {
        List<Row> rows = farm.distributions().stream()
                .map(distribution -> row(distribution, farm))
                .toList();
        List<RunSummary> summaries =
                runs.stream().map(run -> RunSummary.of(run, asOf)).toList();
        return new FarmPage(
                summaries.isEmpty() ? null : summaries.getFirst(),
                farm.columns(),
                rows,
                broken,
                nights,
                summaries,
                asOf);
    }

    private static Row row(String distribution, FarmView farm) {
        Map<String, List<CellLine>> lanes = farm.lanes().getOrDefault(distribution, Map.of());
        List<@Nullable Square> squares = new java.util.ArrayList<>();
        for (String column : farm.columns()) {
            List<CellLine> lane = lanes.getOrDefault(column, List.of());
            squares.add(
                    lane.isEmpty()
                            ? null
                            : new Square(
                                    column, lane.getLast(), State.of(lane.getLast()), strip(lane, Long.MAX_VALUE)));
        }
        return new Row(distribution, squares);
    }

    /** A lane's runs up to and including {@code last}. */
    static Strip strip(List<CellLine> lane, long last) {
        return Strip.of(lane.stream()
                .filter(line -> line.run() <= last)
                .map(line -> mark(line))
                .toList());
    }

    private static Strip.Mark mark(CellLine line) {
        boolean asBefore = line.outcome() == Outcome.FAILED && line.broken() == 0;
        return new Strip.Mark(
                line.run(), asBefore ? new State("known", "failed as before") : State.of(line), title(line));
    }

    private static String title(CellLine line) {
        String counts = line.counts().total() == 0
                ? ""
                : ", " + line.counts().bad() + " bad of " + line.counts().total();
        return "run " + line.run() + ": " + State.of(line).word() + counts;
    }

    /** The lane of a cell, empty where the farm does not know it. */
    static List<CellLine> lane(FarmView farm, CellLine cell) {
        return Objects.requireNonNullElse(
                        farm.lanes().get(cell.cell().distribution()), Map.<String, List<CellLine>>of())
                .getOrDefault(FarmView.column(cell.cell()), List.of());
    }
}
