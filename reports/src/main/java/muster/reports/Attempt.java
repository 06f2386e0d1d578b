package muster.reports;

import java.util.Locale;

/**
 * One execution of a cell, as the store knows it.
 *
 * @param id its row
 * @param run the run's number
 * @param cell which cell of the run
 * @param kind what it is for
 * @param token the fencing token: a write with an older token than the cell's newest attempt has is refused
 */
public record Attempt(long id, long run, CellKey cell, Kind kind, long token) {

    /**
     * What an attempt is for. One complete MAIN attempt per cell makes history; a complete RETRY stands in for a main one
     * that ended in the farm's own failure. The others move no history.
     */
    public enum Kind {
        MAIN,
        RETRY,
        CONFIRM,
        RERUN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
