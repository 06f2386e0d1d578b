package muster.reports.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.view.CaseView;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Cases through the runs of all lanes of its suite. */
final class CaseQuery {

    private static final int FURTHER = 8;

    private CaseQuery() {}

    /** A lane, and run by run the attempt that makes its history there. */
    private static final class Lane {

        private final CellKey key;
        private final Set<Long> runs = new HashSet<>();
        private long newestRun;
        private long newest;

        Lane(CellKey key) {
            this.key = key;
        }

        void add(long run, long attempt) {
            runs.add(run);
            if (run >= newestRun) {
                newestRun = run;
                newest = attempt;
            }
        }
    }

    /** In the order of the names, without those never seen. */
    static List<CaseView> views(Handle handle, String suite, Collection<String> names, int runs) {
        return Lanes.suite(handle, suite)
                .map(id -> views(handle, id, suite, CaseNames.find(handle, id, names), runs))
                .orElse(List.of());
    }

    private static List<CaseView> views(
            Handle handle, long suite, String suiteName, Map<String, Integer> byName, int runs) {
        Map<Long, Lane> lanes = lanes(handle, suite);
        List<Long> shown = addAttempts(handle, suite, runs, lanes);
        int[] numbers =
                byName.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        Map<Long, Map<Integer, NavigableMap<Long, Integer>>> points = points(handle, lanes.keySet(), numbers);
        Map<Long, int[]> newest = new HashMap<>();
        lanes.forEach((id, lane) -> {
            if (!lane.runs.isEmpty() && points.containsKey(id)) {
                newest.put(lane.newest, numbers);
            }
        });
        Map<Long, Map<Integer, String>> messages = CaseMessages.of(handle, newest);
        List<CaseView> views = new ArrayList<>();
        new TreeMap<>(byName).forEach((name, number) -> {
            Map<CellKey, List<@Nullable Verdict>> verdicts = new TreeMap<>();
            Map<CellKey, String> said = new TreeMap<>();
            lanes.forEach((id, lane) -> {
                NavigableMap<Long, Integer> these =
                        points.getOrDefault(id, Map.of()).get(number);
                if (these != null && !lane.runs.isEmpty()) {
                    verdicts.put(lane.key, verdicts(lane, these, shown));
                    said.put(
                            lane.key,
                            messages.getOrDefault(lane.newest, Map.of()).getOrDefault(number, ""));
                }
            });
            views.add(new CaseView(suiteName, name, shown, verdicts, said));
        });
        return views;
    }

    /** @param runs the oldest first */
    private static List<@Nullable Verdict> verdicts(Lane lane, NavigableMap<Long, Integer> points, List<Long> runs) {
        List<@Nullable Verdict> verdicts = new ArrayList<>(runs.size());
        Iterator<Map.Entry<Long, Integer>> ahead = points.entrySet().iterator();
        Map.Entry<Long, Integer> next = ahead.next();
        int code = VerdictCodes.ABSENT;
        for (long run : runs) {
            while (next != null && next.getKey() <= run) {
                code = next.getValue();
                next = ahead.hasNext() ? ahead.next() : null;
            }
            verdicts.add(lane.runs.contains(run) ? VerdictCodes.verdictOrAbsent(code) : null);
        }
        return Collections.unmodifiableList(verdicts);
    }

    /** The last runs with a cell of a suite, the oldest first. */
    static List<Long> lastRuns(Handle handle, long suite, int runs) {
        List<Long> newestFirst = handle.createQuery("SELECT DISTINCT c.run FROM lane l JOIN cell c ON c.lane = l.id "
                        + "WHERE l.suite = :suite AND c.in_lane ORDER BY c.run DESC LIMIT :runs")
                .bind("suite", suite)
                .bind("runs", runs)
                .mapTo(Long.class)
                .list();
        return newestFirst.reversed();
    }

    private static Map<Long, Lane> lanes(Handle handle, long suite) {
        return handle
                .createQuery("SELECT l.id, l.distribution, s.name AS suite, l.variant, l.driver FROM lane l "
                        + "JOIN suite s ON s.id = l.suite WHERE l.suite = :suite")
                .bind("suite", suite)
                .map((row, context) -> Map.entry(row.getLong("id"), new Lane(CellLines.key(row))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, HashMap::new));
    }

    /**
     * Returns the last runs with a cell of the suite, the oldest first. Most suites are in every run, so that one look at as
     * many of the last runs mostly does; else it goes back further and further. The index tells all that is asked.
     */
    private static List<Long> addAttempts(Handle handle, long suite, int runs, Map<Long, Lane> lanes) {
        for (long back = runs; ; back *= FURTHER) {
            long oldest = handle.createQuery(
                            "SELECT COALESCE((SELECT number FROM run ORDER BY number DESC LIMIT 1 OFFSET :back), 0)")
                    .bind("back", back)
                    .mapTo(Long.class)
                    .one();
            List<long[]> cells = handle.createQuery("SELECT c.lane, c.run, c.history FROM lane l "
                            + "JOIN cell c ON c.lane = l.id WHERE l.suite = :suite AND c.run > :oldest "
                            + "AND (c.history IS NOT NULL OR c.in_lane)")
                    .bind("suite", suite)
                    .bind("oldest", oldest)
                    .map((row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                    .list();
            long[] found = cells.stream()
                    .mapToLong(cell -> cell[1])
                    .sorted()
                    .distinct()
                    .toArray();
            if (found.length >= runs || oldest == 0) {
                List<Long> shown = Arrays.stream(found)
                        .skip(Math.max(0, found.length - runs))
                        .boxed()
                        .toList();
                cells.stream()
                        .filter(cell -> cell[2] != 0 && cell[1] >= shown.getFirst())
                        .forEach(cell -> Known.of(lanes, cell[0]).add(cell[1], cell[2]));
                return shown;
            }
        }
    }

    /** By lane and case number. */
    private static Map<Long, Map<Integer, NavigableMap<Long, Integer>>> points(
            Handle handle, Set<Long> lanes, int[] numbers) {
        Map<Long, Map<Integer, NavigableMap<Long, Integer>>> points = new HashMap<>();
        handle.createQuery("SELECT u.lane, p.case_number, p.run, p.verdict FROM UNNEST(CAST(:lanes AS BIGINT ARRAY)) "
                        + "AS u(lane) CROSS JOIN UNNEST(CAST(:numbers AS INTEGER ARRAY)) AS v(number) "
                        + "LEFT JOIN change_point p ON p.lane = u.lane AND p.case_number = v.number "
                        + "WHERE p.run IS NOT NULL")
                .bindArray("lanes", Long.class, List.copyOf(lanes))
                .bindArray(
                        "numbers", Integer.class, Arrays.stream(numbers).boxed().toList())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
                .forEach(row -> points.computeIfAbsent(row[0], lane -> new HashMap<>())
                        .computeIfAbsent((int) row[1], number -> new TreeMap<>())
                        .put(row[2], (int) row[3]));
        return points;
    }
}
