package muster.reports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a cell, as the store knows it.
 *
 * @param id its row
 * @param run the run's number
 * @param cell which cell of the run
 * @param kind what it is for
 * @param token the fencing token: a write with an older token than the cell's newest attempt has is refused
 * @param onlyCase the one case that it runs, or null for the whole suite
 */
public record Attempt(
        long id,
        long run,
        CellKey cell,
        Kind kind,
        long token,
        @Nullable String onlyCase) {

    /** Of the whole suite. */
    public Attempt(long id, long run, CellKey cell, Kind kind, long token) {
        this(id, run, cell, kind, token, null);
    }

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

        /** Whether it may stand for its cell; the others run again what has ended. */
        public boolean standsForCell() {
            return this == MAIN || this == RETRY;
        }
    }
}
