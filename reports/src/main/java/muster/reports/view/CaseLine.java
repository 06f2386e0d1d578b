package muster.reports.view;

import java.time.Duration;
import muster.reports.FurtherInformation.Resolution;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A case of one attempt.
 *
 * @param nativeWord the journal's own word
 * @param before its verdict in the baseline, or null where it was not there
 * @param sinceRun the first run of the streak of this verdict in its lane
 * @param decided what a person decided where it gives further information, or null
 * @param line of the journal, from 1; 0 where there is none
 */
public record CaseLine(
        String name,
        Verdict verdict,
        String nativeWord,
        String message,
        @Nullable Duration duration,
        long line,
        @Nullable Verdict before,
        long sinceRun,
        @Nullable Resolution decided) {

    /** Whether it says something else than in the baseline; a case that is new there does not count as changed. */
    public boolean isChanged() {
        return before != null && before != verdict;
    }

    /** Bad, or changed: worth a second look. */
    public boolean isTroubled() {
        return verdict.isBad() || isChanged();
    }
}
