package muster.reports.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.view.CaseView;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One case through the runs of all lanes of its suite. */
final class CaseQuery {

    private CaseQuery() {}

    /** {@code attempts}: run to the attempt that makes the lane's history there. {@code points}: run to verdict code. */
    private record Lane(CellKey key, NavigableMap<Long, Long> attempts, NavigableMap<Long, Integer> points) {}

    static Optional<CaseView> view(Handle handle, String suite, String name, int runs) {
        Optional<Long> suiteId = Lanes.suite(handle, suite);
        Optional<Integer> number = suiteId.flatMap(id -> CaseNames.number(handle, id, name));
        return number.map(found -> view(
                handle,
                suiteId.orElseThrow(),
                found,
                new CaseView(suite, name, lastRuns(handle, suiteId.orElseThrow(), runs), Map.of(), Map.of())));
    }

    private static CaseView view(Handle handle, long suite, int number, CaseView empty) {
        Map<Long, Lane> lanes = lanes(handle, suite);
        if (empty.runs().isEmpty()) {
            return empty;
        }
        addAttempts(handle, suite, empty.runs().getFirst(), lanes);
        addPoints(handle, suite, number, lanes);
        Map<CellKey, List<@Nullable Verdict>> verdicts = new TreeMap<>();
        Map<CellKey, String> messages = new TreeMap<>();
        for (Lane lane : lanes.values()) {
            if (!lane.points().isEmpty() && !lane.attempts().isEmpty()) {
                verdicts.put(lane.key(), verdicts(lane, empty.runs()));
                messages.put(
                        lane.key(), message(handle, lane.attempts().lastEntry().getValue(), number));
            }
        }
        return new CaseView(empty.suite(), empty.name(), empty.runs(), verdicts, messages);
    }

    private static List<@Nullable Verdict> verdicts(Lane lane, List<Long> runs) {
        List<@Nullable Verdict> verdicts = new ArrayList<>();
        for (long run : runs) {
            Map.Entry<Long, Integer> point = lane.points().floorEntry(run);
            boolean there = point != null && lane.attempts().containsKey(run);
            verdicts.add(there ? VerdictCodes.verdictOrAbsent(point.getValue()) : null);
        }
        return Collections.unmodifiableList(verdicts);
    }

    private static String message(Handle handle, long attempt, int number) {
        long[] message = {0};
        Blocks.read(handle, attempt, (at, nature, duration, line, id) -> {
            if (at == number) {
                message[0] = id;
            }
        });
        return Known.of(Messages.texts(handle, Set.of(message[0])), message[0]);
    }

    private static List<Long> lastRuns(Handle handle, long suite, int runs) {
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
                .map((row, context) ->
                        Map.entry(row.getLong("id"), new Lane(CellLines.key(row), new TreeMap<>(), new TreeMap<>())))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, HashMap::new));
    }

    private static void addAttempts(Handle handle, long suite, long oldestRun, Map<Long, Lane> lanes) {
        handle.createQuery("SELECT c.lane, c.run, c.history FROM lane l JOIN cell c ON c.lane = l.id "
                        + "WHERE l.suite = :suite AND c.run >= :oldest AND c.history IS NOT NULL")
                .bind("suite", suite)
                .bind("oldest", oldestRun)
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                .forEach(row -> Known.of(lanes, row[0]).attempts().put(row[1], row[2]));
    }

    private static void addPoints(Handle handle, long suite, int number, Map<Long, Lane> lanes) {
        handle.createQuery("SELECT p.lane, p.run, p.verdict FROM lane l "
                        + "JOIN change_point p ON p.lane = l.id AND p.case_number = :number WHERE l.suite = :suite")
                .bind("number", number)
                .bind("suite", suite)
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                .forEach(row -> Known.of(lanes, row[0]).points().put(row[1], (int) row[2]));
    }
}
