package muster.reports.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import muster.reports.view.CaseName;
import muster.reports.view.RunView.ChangedCase;
import muster.testsuites.Verdict;

/**
 * A case that is newly broken, in one cell or in several.
 *
 * @param message the journal's, of the first of its cells
 * @param places where
 */
public record Broken(CaseName one, String message, List<Place> places) {

    /** A cell where the case changed. */
    public record Place(long run, ChangedCase change, State before, State now) {}

    /** Gathers changes by case: those of most cells first. */
    static List<Broken> gather(Map<Long, List<ChangedCase>> byRun) {
        Map<CaseName, List<Place>> places = new LinkedHashMap<>();
        byRun.forEach((run, changes) -> changes.forEach(change -> places.computeIfAbsent(
                        new CaseName(change.cell().suite(), change.name()), name -> new ArrayList<>())
                .add(new Place(run, change, state(change.before()), state(change.now())))));
        List<Broken> all = new ArrayList<>();
        places.forEach((name, where) ->
                all.add(new Broken(name, where.getFirst().change().message(), where)));
        all.sort(java.util.Comparator.<Broken>comparingInt(
                        broken -> -broken.places().size())
                .thenComparing(Broken::one));
        return all;
    }

    private static State state(String word) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(word)) {
                return State.of(verdict);
            }
        }
        return new State("none", word);
    }
}
