package muster.reports.site;

import java.time.Instant;
import java.util.List;

/**
 * What waits, and why.
 *
 * @param runs those that have not ended, the oldest first
 * @param cells those under way and those that wait, in the order of runs
 * @param matrices files that may be queued, by their names
 */
public record QueuePage(List<Waiting> runs, List<Square> cells, List<String> matrices, Instant asOf) {

    /**
     * A run.
     *
     * @param cells how many it has
     * @param ended how many of these have ended
     * @param why what it waits for, a sentence, or empty
     * @param end when it likely ends, for people, or empty
     */
    public record Waiting(long number, String matrix, Instant queuedAt, int cells, int ended, String why, String end) {}

    /**
     * A cell.
     *
     * @param why what it does or waits for, a sentence
     * @param begins when it likely begins, for people, or empty where it has or nobody can know
     * @param ends when it likely ends, for people, or empty where nobody can know
     */
    public record Square(long run, muster.reports.CellKey cell, State state, String why, String begins, String ends) {}
}
