package muster.reports.store;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.view.FactChange;
import muster.reports.view.Why;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The last good and the first bad attempt of a case in its lane, and what differs between them. */
final class WhyQuery {

    private WhyQuery() {}

    static Optional<Why> of(Handle handle, long run, CellKey cell, String name) {
        Long lane = Lanes.find(handle, cell);
        Optional<Long> suite = Lanes.suite(handle, cell.suite());
        Optional<Integer> number = suite.flatMap(id -> CaseNames.number(handle, id, name));
        Optional<LaneHistory.Entry> at = lane == null
                ? Optional.empty()
                : LaneHistory.before(handle, lane, run + 1).filter(e -> e.run() == run);
        if (lane == null || number.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        NavigableMap<Long, Verdict> points = points(handle, lane, number.get(), run);
        Map.Entry<Long, Verdict> now = points.lastEntry();
        if (now == null || !now.getValue().isBad()) {
            return Optional.empty();
        }
        long first = now.getKey();
        for (Map.Entry<Long, Verdict> point : points.descendingMap().entrySet()) {
            if (!point.getValue().isBad()) {
                break;
            }
            first = point.getKey();
        }
        return Optional.of(why(handle, lane, new Bad(cell, name, number.get(), now.getValue(), first)));
    }

    private record Bad(CellKey cell, String name, int number, Verdict verdict, long firstRun) {}

    private static Why why(Handle handle, long lane, Bad bad) {
        long firstBad = LaneHistory.before(handle, lane, bad.firstRun() + 1)
                .orElseThrow()
                .attempt();
        LaneHistory.Entry good =
                LaneHistory.before(handle, lane, bad.firstRun()).orElse(null);
        String message = CaseMessages.of(handle, Map.of(firstBad, new int[] {bad.number()}))
                .getOrDefault(firstBad, Map.of())
                .getOrDefault(bad.number(), "");
        return new Why(
                bad.cell(),
                bad.name(),
                bad.verdict(),
                bad.firstRun(),
                good == null ? null : (Long) good.run(),
                message,
                good == null ? List.of() : facts(handle, lane, good, firstBad, bad.name() + " " + message));
    }

    /** Between two attempts of a lane's history. */
    static List<FactChange> facts(Handle handle, long lane, LaneHistory.Entry before, long now, String said) {
        FactChanges.@Nullable Known control = LaneHistory.before(handle, lane, before.run())
                .map(entry -> FactChanges.Known.of(handle, entry.attempt()))
                .orElse(null);
        return FactChanges.between(
                FactChanges.Known.of(handle, before.attempt()), FactChanges.Known.of(handle, now), control, said);
    }

    /** Where the case is not there, the streak before ends as a good one would. */
    private static NavigableMap<Long, Verdict> points(Handle handle, long lane, int number, long run) {
        NavigableMap<Long, Verdict> points = new TreeMap<>();
        handle.createQuery("SELECT run, verdict FROM change_point WHERE lane = :lane AND case_number = :number "
                        + "AND run <= :run ORDER BY run")
                .bind("lane", lane)
                .bind("number", number)
                .bind("run", run)
                .map((row, context) -> Map.entry(row.getLong(1), row.getInt(2)))
                .forEach(point -> {
                    Verdict verdict = VerdictCodes.verdictOrAbsent(point.getValue());
                    points.put(point.getKey(), verdict == null ? Verdict.SKIP : verdict);
                });
        return points;
    }
}
