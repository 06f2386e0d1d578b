package muster.reports.site;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import muster.reports.view.CellView;

/**
 * What could explain that two attempts differ.
 *
 * @param baseline the run that is compared with
 * @param provenance what differs in it
 * @param packages those added, removed or of another version
 */
public record Changes(long baseline, List<Change> provenance, List<Change> packages) {

    /** One thing then and now; empty where it was not there. */
    public record Change(String name, String before, String now) {}

    static Changes between(CellView baseline, CellView now) {
        return new Changes(
                baseline.line().run(),
                differing(baseline.provenance(), now.provenance()),
                differing(baseline.packages(), now.packages()));
    }

    private static List<Change> differing(SortedMap<String, String> before, SortedMap<String, String> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            Change change = new Change(name, before.getOrDefault(name, ""), now.getOrDefault(name, ""));
            if (!change.before().equals(change.now())) {
                changes.add(change);
            }
        }
        return changes;
    }
}
