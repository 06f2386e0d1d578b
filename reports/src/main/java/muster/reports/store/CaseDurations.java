package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.view.Took;
import org.jdbi.v3.core.Handle;

/** How long some cases of a suite took in the last runs of its lanes: a scan of their blocks. */
final class CaseDurations {

    private static final long MOST = 2_000_000;

    private CaseDurations() {}

    private record Entry(long attempt, CellKey cell, long run, long cases) {}

    static SortedMap<String, SortedMap<CellKey, List<Took>>> of(
            Handle handle, String suite, Collection<String> names, int runs) {
        SortedMap<String, SortedMap<CellKey, List<Took>>> found = new TreeMap<>();
        Lanes.suite(handle, suite).ifPresent(id -> {
            Map<String, Integer> numbers = CaseNames.find(handle, id, names);
            Map<Long, Entry> entries = new HashMap<>();
            entries(handle, id, runs).forEach(entry -> entries.put(entry.attempt(), entry));
            BlockScan.blocks(handle, entries.keySet().stream().sorted().toList(), (attempt, cases, parts) -> {
                Entry entry = Known.of(entries, attempt);
                long[] nanos = BlockScan.nanos(cases, parts);
                numbers.forEach((name, number) -> {
                    if (number < nanos.length && nanos[number] >= 0) {
                        found.computeIfAbsent(name, key -> new TreeMap<>())
                                .computeIfAbsent(entry.cell(), key -> new ArrayList<>())
                                .add(new Took(entry.run(), Duration.ofNanos(nanos[number])));
                    }
                });
            });
        });
        found.values()
                .forEach(lanes -> lanes.values().forEach(took -> took.sort((a, b) -> Long.compare(a.run(), b.run()))));
        return found;
    }

    /** The newest, until there are enough; at least those of one run. */
    private static List<Entry> entries(Handle handle, long suite, int runs) {
        List<Entry> all = handle.createQuery(
                        "SELECT c.history, l.distribution, s.name AS suite, l.variant, l.driver, c.run, "
                                + "cs.cases FROM lane l JOIN suite s ON s.id = l.suite JOIN cell c ON c.lane = l.id "
                                + "JOIN attempt a ON a.id = c.history JOIN case_set cs ON cs.id = a.case_set "
                                + "WHERE l.suite = :suite AND c.run >= :oldest ORDER BY c.run DESC")
                .bind("suite", suite)
                .bind(
                        "oldest",
                        CaseQuery.lastRuns(handle, suite, runs).stream()
                                .findFirst()
                                .orElse(0L))
                .map((row, context) ->
                        new Entry(row.getLong("history"), CellLines.key(row), row.getLong("run"), row.getLong("cases")))
                .list();
        List<Entry> some = new ArrayList<>();
        long cases = 0;
        for (Entry entry : all) {
            cases += entry.cases();
            if (cases > MOST && !some.isEmpty() && some.getLast().run() != entry.run()) {
                break;
            }
            some.add(entry);
        }
        return some;
    }
}
