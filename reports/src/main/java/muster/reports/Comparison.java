package muster.reports;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import muster.reports.view.Cause;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.FlakyCase;
import muster.reports.view.SharedFact;
import muster.reports.view.SlowCases;
import muster.reports.view.Took;
import muster.reports.view.VerdictsAt;
import muster.reports.view.Why;
import org.jspecify.annotations.Nullable;

/**
 * Questions of what is new, since when, and what changed. Every answer is one consistent look at committed results. A cell
 * is compared by its newest main or retry attempt.
 */
public interface Comparison {

    /**
     * A run against the baselines of its cells, as these stood when it ended.
     *
     * @param most how many cases of each change are named
     */
    Changes sinceBaseline(long run, int most);

    /** Two runs, lane by lane. */
    Changes between(long before, long now, int most);

    /** What the new failures of a run have in common: a message, or a package that changed; the largest group first. */
    List<Cause> causes(long run);

    /** The same for what is new in a run against another one. */
    List<Cause> causes(long before, long now);

    /** What differs in provenance and packages between the same cell in two runs, the most telling first. */
    List<FactChange> facts(CellKey cell, long before, long now);

    /** The same for all cells of two runs, by kind, what is in most cells first; nothing is said to be usual. */
    List<SharedFact> facts(long before, long now);

    /** Empty when the case is not bad in that run's history of the lane, or is not there. */
    Optional<Why> why(long run, CellKey cell, String name);

    /** Cases that changed their verdict at least {@code changes} times within the last {@code runs} runs, the most first. */
    List<FlakyCase> flaky(int runs, int changes);

    /** The cases that took long in a run, at most so many of each kind. */
    SlowCases slow(long run, int most);

    /**
     * How long cases of a suite took in each lane, the oldest first, without runs whose journal does not say.
     *
     * @param runs of how many of the last runs at most; fewer where these hold more than 2,000,000 results of the suite
     * @return by name; one without a known duration is absent
     */
    SortedMap<String, SortedMap<CellKey, List<Took>>> durations(String suite, Collection<String> names, int runs);

    /**
     * Verdicts over time, the oldest first.
     *
     * @param distribution of the cells to count, or null for all; {@code suite} likewise
     * @param runs how many runs at most
     */
    List<VerdictsAt> verdicts(@Nullable String distribution, @Nullable String suite, int runs);
}
