package muster.reports.view;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.CellKey;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What became of all cases of a run.
 *
 * @param cases those that are not {@link Change#NONE} or {@link Change#OTHER}, by change, cell and name; of each change at
 *     most as many as were asked for
 * @param totals how many there are of each change, all counted; a change without a case is absent
 * @param byDistribution the same by distribution
 * @param transitions how many cases went from each verdict to each, the most first
 * @param onlyBefore cells that only the earlier run has
 * @param onlyNow cells that only the later run has, or that have no baseline
 */
public record Changes(
        List<CaseChange> cases,
        Map<Change, Integer> totals,
        SortedMap<String, Map<Change, Integer>> byDistribution,
        List<Transition> transitions,
        List<CellKey> onlyBefore,
        List<CellKey> onlyNow) {

    /** A square of the transition matrix; null stands for a case that was not there. */
    public record Transition(
            @Nullable Verdict before, @Nullable Verdict now, int cases) {}

    /** The cases of one change. */
    public List<CaseChange> of(Change change) {
        return cases.stream().filter(each -> each.change() == change).toList();
    }
}
