package muster.reports.view;

import java.util.List;
import muster.reports.CellKey;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Since when a case of a lane is bad, and what had changed then.
 *
 * @param verdict what it is in the run asked about
 * @param firstBadRun the first run of the streak in which it is bad
 * @param lastGoodRun the lane's run before that, or null where the lane begins with it
 * @param message what the first bad journal said of it
 * @param facts what differs between the two, the most telling first; none without a last good run
 */
public record Why(
        CellKey cell,
        String name,
        Verdict verdict,
        long firstBadRun,
        @Nullable Long lastGoodRun,
        String message,
        List<FactChange> facts) {}
