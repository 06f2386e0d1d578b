package muster.reports.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Counts;
import muster.reports.view.Cause;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.FlakyCase;
import muster.reports.view.SharedFact;
import muster.reports.view.SlowCases;
import muster.reports.view.Took;
import muster.reports.view.VerdictsAt;
import muster.reports.view.Why;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The comparisons, each one look. */
final class JdbiComparison implements Comparison {

    private final Connections connections;

    JdbiComparison(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Changes sinceBaseline(long run, int most) {
        return connections.look(handle -> ChangesQuery.of(handle, run, Pairs.withBaselines(handle, run), most));
    }

    @Override
    public Changes between(long before, long now, int most) {
        return connections.look(handle -> ChangesQuery.of(handle, now, Pairs.ofRuns(handle, before, now), most));
    }

    @Override
    public List<Cause> causes(long run) {
        return connections.look(handle -> Causes.of(handle, run, Pairs.withBaselines(handle, run)));
    }

    @Override
    public List<Cause> causes(long before, long now) {
        return connections.look(handle -> Causes.of(handle, now, Pairs.ofRuns(handle, before, now)));
    }

    @Override
    public List<FactChange> facts(CellKey cell, long before, long now) {
        return connections.look(handle -> Pairs.ofCell(handle, cell, before, now)
                .map(pair -> facts(handle, before, pair))
                .orElse(List.of()));
    }

    private static List<FactChange> facts(Handle handle, long run, Pairs.Pair pair) {
        Long before = pair.before();
        Long now = pair.now();
        return before == null || now == null
                ? List.of()
                : WhyQuery.facts(handle, pair.lane(), new LaneHistory.Entry(run, before), now, "");
    }

    @Override
    public List<SharedFact> facts(long before, long now) {
        return connections.look(handle -> FactDiffs.shared(handle, Pairs.ofRuns(handle, before, now)));
    }

    @Override
    public SortedMap<String, SortedMap<CellKey, List<Took>>> durations(
            String suite, Collection<String> names, int runs) {
        return connections.look(handle -> CaseDurations.of(handle, suite, names, runs));
    }

    @Override
    public Optional<Why> why(long run, CellKey cell, String name) {
        return connections.look(handle -> WhyQuery.of(handle, run, cell, name));
    }

    private record Flaky(CellKey lane, long suite, int number, int changes, long lastRun, int verdict) {}

    @Override
    public List<FlakyCase> flaky(int runs, int changes) {
        return connections.look(handle -> handle
                .createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, l.suite AS suite_id, "
                        + "f.case_number, f.changes, f.last_run, p.verdict FROM (SELECT lane, case_number, "
                        + "COUNT(*) AS changes, MAX(run) AS last_run FROM change_point WHERE run > "
                        + "(SELECT COALESCE(MIN(r.number), 0) FROM (SELECT number FROM run ORDER BY number DESC "
                        + "LIMIT :runs) r) GROUP BY lane, case_number HAVING COUNT(*) >= :changes) f "
                        + "JOIN change_point p ON p.lane = f.lane AND p.case_number = f.case_number "
                        + "AND p.run = f.last_run JOIN lane l ON l.id = f.lane JOIN suite s ON s.id = l.suite")
                .bind("runs", runs)
                .bind("changes", changes)
                .map((row, context) -> new Flaky(
                        CellLines.key(row),
                        row.getLong("suite_id"),
                        row.getInt("case_number"),
                        row.getInt("changes"),
                        row.getLong("last_run"),
                        row.getInt("verdict")))
                .stream()
                .map(flaky -> new FlakyCase(
                        flaky.lane(),
                        Known.of(CaseNames.names(handle, flaky.suite(), new int[] {flaky.number()}), flaky.number()),
                        flaky.changes(),
                        VerdictCodes.verdictOrAbsent(flaky.verdict()),
                        flaky.lastRun()))
                .sorted(Comparator.comparingInt((FlakyCase flaky) -> -flaky.changes())
                        .thenComparing(FlakyCase::lane)
                        .thenComparing(FlakyCase::name))
                .toList());
    }

    @Override
    public SlowCases slow(long run, int most) {
        return connections.look(handle -> SlowQuery.of(handle, run, most));
    }

    @Override
    public List<VerdictsAt> verdicts(@Nullable String distribution, @Nullable String suite, int runs) {
        return connections.look(handle -> {
            Map<Long, VerdictsAt> byRun = new LinkedHashMap<>();
            handle.createQuery("SELECT r.number, r.queued_at, a.counts FROM (SELECT number, queued_at FROM run "
                            + "ORDER BY number DESC LIMIT :runs) r JOIN cell c ON c.run = r.number "
                            + "JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                            + "JOIN attempt a ON a.id = c.shown WHERE c.in_lane "
                            + "AND (CAST(:distribution AS VARCHAR) IS NULL OR l.distribution = :distribution) "
                            + "AND (CAST(:suite AS VARCHAR) IS NULL OR s.name = :suite) ORDER BY r.number")
                    .bind("runs", runs)
                    .bind("distribution", distribution)
                    .bind("suite", suite)
                    .map((row, context) -> new VerdictsAt(
                            row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), AttemptCodes.counts(row)))
                    .forEach(cell -> byRun.merge(cell.run(), cell, JdbiComparison::together));
            return new ArrayList<>(byRun.values());
        });
    }

    private static VerdictsAt together(VerdictsAt one, VerdictsAt other) {
        Map<Verdict, Integer> sum = new TreeMap<>(one.counts().byVerdict());
        other.counts().byVerdict().forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
        return new VerdictsAt(one.run(), one.queuedAt(), new Counts(sum));
    }
}
