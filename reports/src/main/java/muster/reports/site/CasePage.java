package muster.reports.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.view.CaseView;
import muster.reports.view.Took;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One case through the runs.
 *
 * @param lanes a lane each, sorted
 * @param spread how long it took in each lane
 * @param dates when the runs were queued, by number, as far as they are known
 */
public record CasePage(CaseView view, List<Lane> lanes, Spread spread, Map<String, Instant> dates) {

    /**
     * A case in one lane.
     *
     * @param now its newest verdict
     * @param streak since when, in a sentence
     * @param turns where its verdict changed, the newest first
     * @param newestRun the run of its newest verdict, or 0
     * @param message the newest
     */
    public record Lane(
            CellKey cell, Strip strip, State now, String streak, List<Turn> turns, long newestRun, String message) {}

    /** A run in which the verdict was another than in the one before. */
    public record Turn(long run, State before, State now) {}

    static CasePage of(CaseView view, SortedMap<CellKey, List<Took>> durations, Map<Long, Instant> dates) {
        List<Lane> lanes = new ArrayList<>();
        new TreeMap<>(view.lanes()).forEach((cell, verdicts) -> lanes.add(lane(view, cell, verdicts)));
        Map<String, Instant> shown = new java.util.HashMap<>();
        view.runs().forEach(run -> {
            Instant date = dates.get(run);
            if (date != null) {
                shown.put(Long.toString(run), date);
            }
        });
        return new CasePage(view, lanes, Spread.of(durations), shown);
    }

    private static Lane lane(CaseView view, CellKey cell, List<@Nullable Verdict> verdicts) {
        List<Strip.Mark> marks = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        Verdict last = null;
        long newest = 0;
        long since = 0;
        int length = 0;
        for (int at = 0; at < verdicts.size(); at++) {
            Verdict verdict = verdicts.get(at);
            long run = view.runs().get(at);
            State state = State.of(verdict);
            marks.add(new Strip.Mark(run, state, "run " + run + ": " + state.word()));
            if (verdict == null) {
                continue;
            }
            newest = run;
            if (verdict == last) {
                length++;
                continue;
            }
            if (last != null) {
                turns.addFirst(new Turn(run, State.of(last), state));
            }
            last = verdict;
            since = run;
            length = 1;
        }
        String streak = last == null
                ? "It was not run here in the runs shown."
                : last.name()
                        + (turns.isEmpty()
                                ? " in every run shown that ran it (" + length + ")."
                                : " since run " + since + ": " + length + (length == 1 ? " run." : " runs."));
        return new Lane(
                cell,
                Strip.of(marks),
                State.of(last),
                streak,
                turns,
                newest,
                view.messages().getOrDefault(cell, ""));
    }
}
