package muster.reports.view;

import java.util.List;
import muster.reports.Confirmation;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A case that a cell's newest main or retry attempt has as bad and its baseline as passed.
 *
 * @param message what the journal said of it
 * @param confirmation what became of it when it was to be run again, or null where nothing is said yet
 * @param again attempts to confirm it, the oldest first
 */
public record NewFailure(
        String name,
        Verdict before,
        Verdict now,
        String message,
        @Nullable Confirmation confirmation,
        List<CellView.AttemptLine> again) {

    /** Whether a verdict of the baseline counts as passed: good, or passed with a remark. */
    public static boolean isPassed(Verdict before) {
        return before.standing() == Verdict.Standing.GOOD || before == Verdict.WARNING;
    }
}
