package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.CellKey;
import muster.reports.view.CaseChange;
import muster.reports.view.Cause;
import muster.reports.view.Change;
import org.jdbi.v3.core.Handle;

/** Groups the new failures of a run by what they share. */
final class Causes {

    private static final int MOST = 1_000;

    private Causes() {}

    /** @param run the later one */
    static List<Cause> of(Handle handle, long run, List<Pairs.Pair> pairs) {
        List<CaseChange> broken = ChangesQuery.of(handle, run, pairs, MOST).of(Change.BROKEN);
        Map<String, List<CaseChange>> byMessage = new LinkedHashMap<>();
        Map<String, List<CaseChange>> byPackage = new LinkedHashMap<>();
        Map<CellKey, List<String>> packages = new TreeMap<>();
        for (Pairs.Pair pair : pairs) {
            if (broken.stream().anyMatch(change -> change.cell().equals(pair.cell()))) {
                packages.put(pair.cell(), changedPackages(handle, pair));
            }
        }
        for (CaseChange change : broken) {
            if (!change.message().isEmpty()) {
                byMessage
                        .computeIfAbsent(change.message(), key -> new ArrayList<>())
                        .add(change);
            }
            for (String changed : packages.getOrDefault(change.cell(), List.of())) {
                byPackage.computeIfAbsent(changed, key -> new ArrayList<>()).add(change);
            }
        }
        List<Cause> causes = new ArrayList<>();
        add(causes, "message", byMessage);
        add(causes, "package", byPackage);
        causes.sort(
                Comparator.comparingInt((Cause cause) -> -cause.cases().size()).thenComparing(Cause::what));
        return causes;
    }

    private static void add(List<Cause> causes, String kind, Map<String, List<CaseChange>> groups) {
        groups.forEach((what, cases) -> {
            if (cases.size() > 1) {
                causes.add(new Cause(kind, what, cases));
            }
        });
    }

    private static List<String> changedPackages(Handle handle, Pairs.Pair pair) {
        Long before = pair.before();
        Long now = pair.now();
        if (before == null || now == null) {
            return List.of();
        }
        SortedMap<String, String> old = FactChanges.Known.of(handle, before).packages();
        SortedMap<String, String> fresh = FactChanges.Known.of(handle, now).packages();
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        return names.stream()
                .filter(name -> !old.getOrDefault(name, "").equals(fresh.getOrDefault(name, "")))
                .map(name -> name + " " + old.getOrDefault(name, "(not there)") + " -> "
                        + fresh.getOrDefault(name, "(not there)"))
                .toList();
    }
}
