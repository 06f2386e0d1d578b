package muster.reports.view;

import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** What became of a case between two attempts. */
public enum Change {
    /** A new failure: bad now, there and not bad before. */
    BROKEN,
    /** Passed now, bad before: fixed. */
    MENDED,
    /** Bad before and now. */
    STILL_BAD,
    /** Not there before. */
    ADDED,
    /** Not there now. */
    GONE,
    /** Another verdict, and none of the above, e.g. from PASS to SKIP. */
    OTHER,
    /** The same verdict, which is not bad. */
    NONE;

    /** Null stands for a case that is not there; not for both. */
    public static Change of(@Nullable Verdict before, @Nullable Verdict now) {
        if (before == null) {
            return ADDED;
        }
        if (now == null) {
            return GONE;
        }
        if (now.isBad()) {
            return before.isBad() ? STILL_BAD : BROKEN;
        }
        if (before.isBad() && now == Verdict.PASS) {
            return MENDED;
        }
        return before == now ? NONE : OTHER;
    }

    /** The words for people, e.g. {@code still bad}. */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
