package muster.reports;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseName;
import muster.reports.view.CasePart;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.FarmView;
import muster.reports.view.GuestTime;
import muster.reports.view.NewFailure;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.CaseResult;

/** Questions asked of the store. Every answer is one consistent look at committed results. */
public interface History {

    /** The farm at a glance, each lane with at most {@code nights} of its last runs. */
    FarmView farm(int nights);

    /** One lane of {@link #farm} alone, the newest last: at most {@code nights} of its last runs. */
    List<CellLine> lane(CellKey lane, int nights);

    /** The last runs, the newest first. */
    List<RunLine> runs(int limit);

    Optional<RunView> run(long number);

    Optional<CellView> cell(long run, CellKey cell);

    /**
     * The same with some of its cases: newly broken ones first, then other bad ones, then changed ones, then the others, each
     * in the journal's order.
     *
     * @param most how many of its cases
     */
    Optional<CellView> cell(long run, CellKey cell, int most);

    /** Some cases of a cell's newest main or retry attempt, in the journal's order: at most so many, from a place on. */
    CasePart cases(long run, CellKey cell, CaseFilter filter, int from, int most);

    /** The guests of a run in the order in which they were cloned, those of all attempts. */
    List<GuestTime> guests(long run);

    /**
     * The new failures of a cell that its baseline passed, in its journal's order, and what became of them.
     *
     * @param most how many are named
     */
    List<NewFailure> newFailures(long run, CellKey cell, int most);

    /** The image that the guest of a cell's newest main or retry attempt booted; empty where it had none. */
    Optional<String> image(long run, CellKey cell);

    /** The cells of a run in a line each, sorted by key. */
    List<CellLine> cells(long run);

    /** One case through the last {@code runs} runs of all lanes of its suite. */
    Optional<CaseView> caseHistory(String suite, String name, int runs);

    /** The same of many cases of a suite, sorted by name, without those that were never seen. */
    List<CaseView> caseHistories(String suite, Collection<String> names, int runs);

    /** Cases that were bad or changed in any of the last {@code runs} runs of a lane, sorted. */
    SortedSet<CaseName> troubled(int runs);

    /** How long complete attempts of a lane took from cloning to done, the newest first. */
    List<Duration> durations(CellKey lane, int limit);

    /**
     * What guests of a shape have used in complete attempts of a lane, the newest attempt first: one for each, with the most
     * of what its guests took.
     */
    List<GuestUse> guestUses(CellKey lane, long memoryBytes, int cpus, int limit);

    /** How long the cases of a lane's last complete attempt took, by name; without those whose journal does not say. */
    Map<String, Duration> caseDurations(CellKey lane);

    /**
     * Rebuilds a past attempt: every case exactly as it was read, in the journal's order, then those that were never
     * reported: UNINITIATED, and MISSING against the baseline. The look lasts until {@code each} has taken the last.
     */
    void cases(Attempt attempt, Consumer<CaseResult> each);

    /** The newest main or retry attempt of each cell of a run that has one. */
    List<Attempt> shown(long run);

    /** What was kept of an attempt that has ended. */
    List<Ending.KeptFile> files(Attempt attempt);

    /**
     * The content of a kept file, uncompressed.
     *
     * @throws IOException also, saying so, when retention has removed it
     */
    InputStream open(Ending.KeptFile file) throws IOException;

    /** The cells of a run from which retention has removed files, and when last. */
    Map<CellKey, Instant> removals(long run);

    /** Runs that have no end yet: they were interrupted, or are under way. */
    List<Long> unfinishedRuns();
}
