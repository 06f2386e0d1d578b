package muster.reports.view;

import muster.reports.CellKey;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A case in two attempts of its lane.
 *
 * @param before its verdict, or null where it was not there; {@code now} likewise
 * @param message what the later journal said of it
 * @param sinceRun the first run of the streak of the verdict that it has now, or null where the lane does not say
 */
public record CaseChange(
        CellKey cell,
        String name,
        @Nullable Verdict before,
        @Nullable Verdict now,
        String message,
        @Nullable Long sinceRun) {

    public Change change() {
        return Change.of(before, now);
    }
}
