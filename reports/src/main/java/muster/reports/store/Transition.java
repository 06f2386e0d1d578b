package muster.reports.store;

import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What it means that a case's verdict differs from the baseline's. A person is told rather too much than too little of
 * what went bad, and rather too little than too much of what went well.
 */
final class Transition {

    private Transition() {}

    /**
     * Bad now, and there and not bad in the baseline: a case that was skipped and now fails is broken, a new case that
     * fails is not.
     */
    static boolean isBroken(@Nullable Verdict before, Verdict now) {
        return now.isBad() && before != null && !before.isBad();
    }

    /** Bad in the baseline, and passed now: a case that failed and is now skipped, or expected to fail, is not mended. */
    static boolean isMended(@Nullable Verdict before, Verdict now) {
        return now == Verdict.PASS && before != null && before.isBad();
    }
}
