package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import muster.reports.CellKey;
import muster.reports.Ending.KeptFile;
import muster.reports.Step;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CasePart;
import muster.reports.view.CellView;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One cell in full. */
final class CellQuery {

    private CellQuery() {}

    private record Cell(
            long id,
            long suite,
            long lane,
            long queuedAt,
            @Nullable Long shown) {}

    private record Shown(
            @Nullable Integer exitStatus,
            @Nullable Long provenance,
            @Nullable Long packages,
            @Nullable Long baseline,
            @Nullable Long baselineRun) {

        static final Shown NOTHING = new Shown(null, null, null, null, null);
    }

    /** All its cases. */
    static Optional<CellView> view(Handle handle, long run, CellKey key) {
        return cell(handle, run, key).map(cell -> view(handle, run, cell, source -> CaseLines.of(handle, source)));
    }

    /** The first of its cases, the most worth a look first. */
    static Optional<CellView> view(Handle handle, long run, CellKey key, int most) {
        return cell(handle, run, key)
                .map(cell -> view(handle, run, cell, source -> CaseLines.first(handle, source, most)));
    }

    /** Some of its cases, in the journal's order. */
    static CasePart cases(Handle handle, long run, CellKey key, CaseFilter filter, int from, int most) {
        return cell(handle, run, key)
                .flatMap(cell ->
                        Optional.ofNullable(cell.shown()).map(shown -> source(run, cell, shown, shown(handle, shown))))
                .map(source -> CaseLines.part(handle, source, filter, from, most))
                .orElse(CasePart.NONE);
    }

    private static CaseLines.Source source(long run, Cell cell, long attempt, Shown shown) {
        return new CaseLines.Source(cell.suite(), cell.lane(), run, attempt, shown.baseline());
    }

    private static Optional<Cell> cell(Handle handle, long run, CellKey key) {
        return handle.createQuery("SELECT c.id, l.suite, c.lane, r.queued_at, c.shown FROM cell c "
                        + "JOIN lane l ON l.id = c.lane JOIN run r ON r.number = c.run "
                        + "WHERE c.run = :run AND c.lane = :lane")
                .bind("run", run)
                .bind("lane", Lanes.find(handle, key))
                .map((row, context) -> new Cell(
                        row.getLong("id"),
                        row.getLong("suite"),
                        row.getLong("lane"),
                        row.getLong("queued_at"),
                        row.getObject("shown", Long.class)))
                .findOne();
    }

    private static CellView view(
            Handle handle, long run, Cell cell, Function<CaseLines.Source, List<CaseLine>> choose) {
        Long shown = cell.shown();
        Shown attempt = shown == null ? Shown.NOTHING : shown(handle, shown);
        List<CaseLine> cases = shown == null ? List.of() : choose.apply(source(run, cell, shown, attempt));
        return new CellView(
                CellLines.one(handle, cell.id()).orElseThrow(),
                CellAttempts.of(handle, cell.id(), cell.suite()),
                steps(handle, cell),
                Guests.of(handle, shown),
                cases,
                attempt.exitStatus(),
                notes(handle, shown),
                files(handle, shown),
                FactLists.facts(handle, attempt.provenance()),
                FactLists.facts(handle, attempt.packages()),
                attempt.baselineRun(),
                shown == null ? Map.of() : Confirmations.byName(handle, cell.suite(), shown));
    }

    private static Shown shown(Handle handle, long attempt) {
        return handle.createQuery("SELECT a.exit_status, a.provenance, a.packages, a.baseline, c.run AS baseline_run "
                        + "FROM attempt a LEFT JOIN attempt b ON b.id = a.baseline LEFT JOIN cell c ON c.id = b.cell "
                        + "WHERE a.id = :attempt")
                .bind("attempt", attempt)
                .map((row, context) -> new Shown(
                        row.getObject("exit_status", Integer.class),
                        row.getObject("provenance", Long.class),
                        row.getObject("packages", Long.class),
                        row.getObject("baseline", Long.class),
                        row.getObject("baseline_run", Long.class)))
                .one();
    }

    private static SortedMap<Step, Instant> steps(Handle handle, Cell cell) {
        SortedMap<Step, Instant> steps = new TreeMap<>();
        steps.put(Step.QUEUED, Instant.ofEpochMilli(cell.queuedAt()));
        steps.putAll(AttemptSteps.of(handle, cell.shown()));
        return steps;
    }

    static List<String> notes(Handle handle, @Nullable Long attempt) {
        return handle.createQuery("SELECT content FROM attempt_note WHERE attempt = :attempt ORDER BY place")
                .bind("attempt", attempt)
                .mapTo(String.class)
                .list();
    }

    static List<KeptFile> files(Handle handle, @Nullable Long attempt) {
        return handle.createQuery(
                        "SELECT role, name, digest, bytes, cut_at, removed_at FROM kept_file WHERE attempt = :attempt "
                                + "ORDER BY place")
                .bind("attempt", attempt)
                .map((row, context) -> file(row))
                .list();
    }

    /** From a row of such columns. */
    static KeptFile file(ResultSet row) throws SQLException {
        return new KeptFile(
                row.getString("role"),
                row.getString("name"),
                row.getString("digest"),
                row.getLong("bytes"),
                row.getLong("cut_at"),
                Words.instant(row.getObject("removed_at", Long.class)));
    }
}
