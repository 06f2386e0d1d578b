package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.view.FactChange;
import muster.reports.view.FactChange.Kind;
import muster.reports.view.SharedFact;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What differs in the provenance and packages of many pairs of attempts: only the facts that differ are looked up. */
final class FactDiffs {

    private FactDiffs() {}

    private record Lists(long provenance, long packages) {}

    /** Facts that one of two lists has and the other has not, by id. */
    private record Diff(Set<Long> before, Set<Long> now) {}

    /** The largest number of cells first, then the most telling. */
    static List<SharedFact> shared(Handle handle, List<Pairs.Pair> pairs) {
        Map<FactChange, List<CellKey>> cells = new HashMap<>();
        ofPairs(handle, pairs)
                .forEach((pair, changes) -> changes.forEach(change ->
                        cells.computeIfAbsent(change, key -> new ArrayList<>()).add(pair.cell())));
        List<SharedFact> shared = new ArrayList<>();
        cells.forEach((fact, of) ->
                shared.add(new SharedFact(fact, of.stream().sorted().toList())));
        shared.sort(Comparator.comparing((SharedFact one) -> one.fact().kind())
                .thenComparingInt(one -> -one.cells().size())
                .thenComparing(one -> one.fact().name())
                .thenComparing(one -> String.valueOf(one.fact().now())));
        return shared;
    }

    /** Of pairs both of whose attempts say something, in the order given; packages first, by name. */
    static Map<Pairs.Pair, List<FactChange>> ofPairs(Handle handle, List<Pairs.Pair> pairs) {
        List<Pairs.Pair> whole = pairs.stream().filter(Pairs.Pair::isWhole).toList();
        Map<Long, Lists> ofAttempts = lists(handle, whole);
        Map<Long, List<Long>> ids = FactLists.ids(
                handle,
                ofAttempts.values().stream()
                        .flatMap(lists -> Stream.of(lists.provenance(), lists.packages()))
                        .filter(id -> id > 0)
                        .toList());
        Map<Pairs.Pair, List<Diff>> diffs = new LinkedHashMap<>();
        Set<Long> wanted = new HashSet<>();
        for (Pairs.Pair pair : whole) {
            Lists before = Known.of(ofAttempts, Objects.requireNonNull(pair.before()));
            Lists now = Known.of(ofAttempts, Objects.requireNonNull(pair.now()));
            List<Diff> two = List.of(
                    diff(ids, before.packages(), now.packages()), diff(ids, before.provenance(), now.provenance()));
            two.forEach(diff -> {
                wanted.addAll(diff.before());
                wanted.addAll(diff.now());
            });
            diffs.put(pair, two);
        }
        Map<Long, FactLists.Fact> facts = FactLists.named(handle, List.copyOf(wanted));
        Map<Pairs.Pair, List<FactChange>> changes = new LinkedHashMap<>();
        diffs.forEach((pair, two) -> {
            List<FactChange> these = new ArrayList<>(changes(two.get(0), facts, Kind.PACKAGE));
            these.addAll(changes(two.get(1), facts, null));
            changes.put(pair, these);
        });
        return changes;
    }

    private static Map<Long, Lists> lists(Handle handle, List<Pairs.Pair> pairs) {
        List<Long> attempts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.before(), pair.now()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, Lists> lists = new HashMap<>();
        handle.createQuery("SELECT u.id, a.provenance, a.packages FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS u(id) "
                        + "LEFT JOIN attempt a ON a.id = u.id")
                .bindArray("ids", Long.class, attempts)
                .map((row, context) ->
                        Map.entry(row.getLong("id"), new Lists(row.getLong("provenance"), row.getLong("packages"))))
                .forEach(entry -> lists.put(entry.getKey(), entry.getValue()));
        return lists;
    }

    /** Nothing where one of them says nothing: it never had a guest. */
    private static Diff diff(Map<Long, List<Long>> ids, long before, long now) {
        List<Long> old = ids.getOrDefault(before, List.of());
        List<Long> fresh = ids.getOrDefault(now, List.of());
        if (before == now || old.isEmpty() || fresh.isEmpty()) {
            return new Diff(Set.of(), Set.of());
        }
        Set<Long> gone = new HashSet<>(old);
        Set<Long> come = new HashSet<>(fresh);
        gone.removeAll(come);
        old.forEach(come::remove);
        return new Diff(gone, come);
    }

    private static List<FactChange> changes(Diff diff, Map<Long, FactLists.Fact> facts, @Nullable Kind kind) {
        SortedMap<String, String> before = byName(diff.before(), facts);
        SortedMap<String, String> now = byName(diff.now(), facts);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .map(name -> new FactChange(
                        kind == null ? Kind.of(name) : kind, name, before.get(name), now.get(name), false))
                .toList();
    }

    private static SortedMap<String, String> byName(Set<Long> ids, Map<Long, FactLists.Fact> facts) {
        SortedMap<String, String> byName = new TreeMap<>();
        ids.forEach(
                id -> byName.put(Known.of(facts, id).name(), Known.of(facts, id).content()));
        return byName;
    }
}
