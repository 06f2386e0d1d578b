package muster.reports.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.view.CaseName;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;

/** Cases that were bad or changed in the last runs: from the change points of these runs and each lane's newest block. */
final class TroubledCases {

    private static final List<Integer> BAD = Arrays.stream(Verdict.values())
            .filter(Verdict::isBad)
            .map(verdict -> (int) VerdictCodes.of(verdict))
            .toList();

    private TroubledCases() {}

    /** A lane's newest attempt with history. */
    private record Newest(long suite, long attempt) {}

    /**
     * A case that was bad when the first of these runs began has changed since, or is bad still. So what is bad now and what
     * changed within these runs is all.
     */
    static SortedSet<CaseName> ofLastRuns(Handle handle, int runs) {
        Map<Long, SortedSet<Integer>> bySuite = new HashMap<>();
        addChanged(handle, runs, bySuite);
        addBad(handle, bySuite);
        Map<Long, String> suites = Lanes.suites(handle);
        SortedSet<CaseName> troubled = new TreeSet<>();
        bySuite.forEach((suite, numbers) -> CaseNames.names(
                        handle, suite, numbers.stream().mapToInt(i -> i).toArray())
                .values()
                .forEach(name -> troubled.add(new CaseName(Known.of(suites, suite), name))));
        return troubled;
    }

    private static void addChanged(Handle handle, int runs, Map<Long, SortedSet<Integer>> bySuite) {
        long from = handle.createQuery("SELECT COALESCE(MIN(r.number), 0) FROM "
                        + "(SELECT number FROM run ORDER BY number DESC LIMIT :runs) r")
                .bind("runs", runs)
                .mapTo(Long.class)
                .one();
        handle.createQuery("SELECT l.suite, p.case_number FROM change_point p JOIN lane l ON l.id = p.lane "
                        + "WHERE p.run >= :from AND (p.verdict IN (<bad>) OR p.verdict <> :absent AND EXISTS ("
                        + "SELECT 1 FROM change_point q WHERE q.lane = p.lane AND q.case_number = p.case_number "
                        + "AND q.run < p.run))")
                .bindList("bad", BAD)
                .bind("from", from)
                .bind("absent", VerdictCodes.ABSENT)
                .map((row, context) -> Map.entry(row.getLong(1), row.getInt(2)))
                .forEach(point -> add(bySuite, point.getKey(), point.getValue()));
    }

    private static void addBad(Handle handle, Map<Long, SortedSet<Integer>> bySuite) {
        Map<Long, Newest> newest = new TreeMap<>();
        handle.createQuery(
                        "SELECT l.suite, (SELECT c.history FROM cell c WHERE c.lane = l.id AND c.history IS NOT NULL "
                                + "ORDER BY c.lane DESC, c.run DESC LIMIT 1) AS newest FROM lane l")
                .map((row, context) -> new Newest(row.getLong("suite"), row.getLong("newest")))
                .forEach(lane -> newest.put(lane.attempt(), lane));
        newest.remove(0L);
        BlockScan.verdicts(handle, new ArrayList<>(newest.keySet()), (attempt, verdicts) -> {
            for (int number = 0; number < verdicts.length; number++) {
                Verdict verdict = VerdictCodes.verdictOrAbsent(verdicts[number]);
                if (verdict != null && verdict.isBad()) {
                    add(bySuite, Known.of(newest, attempt).suite(), number);
                }
            }
        });
    }

    private static void add(Map<Long, SortedSet<Integer>> bySuite, long suite, int number) {
        bySuite.computeIfAbsent(suite, key -> new TreeSet<>()).add(number);
    }
}
