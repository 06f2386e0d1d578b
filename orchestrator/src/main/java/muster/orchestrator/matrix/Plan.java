package muster.orchestrator.matrix;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import muster.orchestrator.config.FarmConfig;
import muster.reports.CellKey;
import muster.reports.GuestUse;
import org.jspecify.annotations.Nullable;

/**
 * What would run, and when, as far as one can know.
 *
 * @param budget what guests may use together
 * @param lines the cells, in the matrix's order
 * @param takes from the first clone to the last end; a lower bound when {@link #unknown} is not 0
 * @param unknown how many cells nothing is known of; they count as taking no time
 */
public record Plan(FarmConfig.Budget budget, List<Line> lines, Duration takes, long unknown) {

    /**
     * One cell.
     *
     * @param cell its name
     * @param expected how long it takes, or null when nothing is known
     * @param memoryBytes what its guests take that run at once
     * @param cpu how many processors they keep busy
     * @param measured how many earlier guests these two come from; 0 when they are what is declared
     * @param startsAfter from the first clone to its own, or null when it can never start here
     * @param waits why it does not start at once, in a phrase, or empty
     */
    public record Line(
            CellKey cell,
            @Nullable Estimate expected,
            long memoryBytes,
            double cpu,
            int measured,
            @Nullable Duration startsAfter,
            String waits) {

        /** Cells with a greater one start first: those of which nothing is known, then the longest. */
        public double rank() {
            return expected == null
                    ? Double.POSITIVE_INFINITY
                    : expected.usual().toMillis() / 1000.0;
        }
    }

    /**
     * What is known of earlier complete attempts of a cell's lane, in any order.
     *
     * @param durations how long they took
     * @param uses what guests of the same shape used
     */
    public record Earlier(Function<Cell, List<Duration>> durations, Function<Cell, List<GuestUse>> uses) {

        /** Nothing. */
        public static final Earlier NONE = new Earlier(cell -> List.of(), cell -> List.of());
    }

    public static Plan of(List<Cell> cells, FarmConfig.Budget budget, Earlier earlier) {
        List<Line> lines =
                cells.stream().map(cell -> line(cell, budget, earlier)).toList();
        return new Rehearsal(budget, lines).plan();
    }

    private static Line line(Cell cell, FarmConfig.Budget budget, Earlier earlier) {
        Demand demand = Demand.of(cell, earlier.uses().apply(cell));
        long memory = demand.from() == 0
                ? cell.guest().memoryBytes()
                : Math.min(demand.memoryBytes(), cell.guest().memoryBytes());
        int guests = guestsAtOnce(cell, budget);
        return new Line(
                cell.key(),
                Estimate.of(earlier.durations().apply(cell), cell.typical()),
                guests * memory,
                guests * demand.cpu(),
                demand.from(),
                null,
                "");
    }

    /** How many guests of a cell run at once when nothing else does: its shards, as far as they fit; at least one. */
    private static int guestsAtOnce(Cell cell, FarmConfig.Budget budget) {
        double fit = Math.min(
                (double) budget.memoryBytes() / cell.guest().memoryBytes(),
                budget.cpus() / cell.suite().cpu());
        return Math.clamp((long) fit, 1, cell.shards());
    }

    /** Whether every cell can start here at all. */
    public boolean isPossible() {
        return lines.stream().allMatch(line -> line.startsAfter() != null);
    }
}
