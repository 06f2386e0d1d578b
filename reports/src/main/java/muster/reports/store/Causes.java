package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.view.CaseChange;
import muster.reports.view.Cause;
import muster.reports.view.Change;
import muster.reports.view.FactChange;
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
        Map<CellKey, List<String>> packages = changedPackages(handle, pairs, broken);
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

    private static Map<CellKey, List<String>> changedPackages(
            Handle handle, List<Pairs.Pair> pairs, List<CaseChange> broken) {
        Set<CellKey> cells = broken.stream().map(CaseChange::cell).collect(Collectors.toSet());
        Map<CellKey, List<String>> packages = new TreeMap<>();
        FactDiffs.ofPairs(
                        handle,
                        pairs.stream()
                                .filter(pair -> cells.contains(pair.cell()))
                                .toList())
                .forEach((pair, changes) -> packages.put(
                        pair.cell(),
                        changes.stream()
                                .filter(change -> change.kind() == FactChange.Kind.PACKAGE)
                                .map(Causes::words)
                                .toList()));
        return packages;
    }

    private static String words(FactChange change) {
        return change.name() + " " + Objects.requireNonNullElse(change.before(), "(not there)") + " -> "
                + Objects.requireNonNullElse(change.now(), "(not there)");
    }
}
