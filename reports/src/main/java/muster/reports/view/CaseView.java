package muster.reports.view;

import java.util.List;
import java.util.Map;
import muster.reports.CellKey;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One case of a suite through all runs.
 *
 * @param suite the suite it belongs to
 * @param name its name
 * @param runs numbers of the runs shown, the oldest first
 * @param lanes for each lane the verdict in each of these runs; null where the case was not run
 * @param messages the newest message of each lane, empty where there is none
 */
public record CaseView(
        String suite,
        String name,
        List<Long> runs,
        Map<CellKey, List<@Nullable Verdict>> lanes,
        Map<CellKey, String> messages) {}
