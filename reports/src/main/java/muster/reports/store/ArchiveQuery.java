package muster.reports.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.CellKey;
import muster.reports.RecordedWaiver;
import muster.reports.Scope;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What an archive says of a run, in one look. */
final class ArchiveQuery {

    private final Handle handle;
    private final long run;

    ArchiveQuery(Handle handle, long run) {
        this.handle = handle;
        this.run = run;
    }

    /** An attempt that is to be told, and where it is. */
    record Ended(long id, long suite, CellKey cell, long token) {}

    private record Row(
            String matrix,
            String matrixDigest,
            long queuedAt,
            @Nullable Long endedAt,
            boolean pinned) {}

    ArchiveFormat.Run run() throws IOException {
        Row row = handle.createQuery(
                        "SELECT matrix, matrix_digest, queued_at, ended_at, pinned FROM run WHERE number = :run")
                .bind("run", run)
                .map((each, context) -> new Row(
                        each.getString("matrix"),
                        each.getString("matrix_digest"),
                        each.getLong("queued_at"),
                        each.getObject("ended_at", Long.class),
                        each.getBoolean("pinned")))
                .findOne()
                .orElseThrow(() -> new ArchiveRefused("cannot export run " + run + ": there is none with this number"));
        Long endedAt = row.endedAt();
        boolean open = handle.createQuery("SELECT COUNT(*) FROM attempt a JOIN cell c ON c.id = a.cell "
                                + "WHERE c.run = :run AND a.outcome IS NULL")
                        .bind("run", run)
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (endedAt == null || open) {
            throw new ArchiveRefused("cannot export run " + run + ": it has not ended; wait for its end, or begin "
                    + "'muster run' once for what was interrupted");
        }
        List<ArchiveFormat.Cell> cells = cells();
        return new ArchiveFormat.Run(
                row.matrix(),
                row.matrixDigest(),
                row.queuedAt(),
                endedAt,
                settings(),
                cells,
                waivers(row, cells),
                row.pinned() ? true : null,
                decisions());
    }

    private SortedMap<String, String> settings() {
        return handle.createQuery("SELECT name, content FROM run_setting WHERE run = :run")
                .bind("run", run)
                .reduceResultSet(new TreeMap<>(), (settings, row, context) -> {
                    settings.put(row.getString(1), row.getString(2));
                    return settings;
                });
    }

    private List<ArchiveFormat.Cell> cells() {
        return handle
                .createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, c.in_lane, c.token, "
                        + "c.pinned, h.token AS history FROM cell c JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                        + "LEFT JOIN attempt h ON h.id = c.history WHERE c.run = :run")
                .bind("run", run)
                .map((row, context) -> new ArchiveFormat.Cell(
                        CellLines.key(row).toString(),
                        row.getBoolean("in_lane"),
                        row.getLong("token"),
                        row.getObject("history", Long.class),
                        row.getBoolean("pinned") ? true : null))
                .stream()
                .sorted(Comparator.comparing(ArchiveFormat.Cell::cell))
                .toList();
    }

    private List<ArchiveFormat.Decision> decisions() {
        return handle
                .createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, n.name AS case_name, "
                        + "d.decision, d.reason, d.author, d.resolved_at FROM cell c JOIN lane l ON l.id = c.lane "
                        + "JOIN suite s ON s.id = l.suite JOIN resolution d ON d.lane = c.lane "
                        + "JOIN case_name n ON n.suite = l.suite AND n.number = d.case_number "
                        + "WHERE c.run = :run AND c.history IS NOT NULL AND " + Decisions.LASTS)
                .bind("run", run)
                .map((row, context) -> new ArchiveFormat.Decision(
                        CellLines.key(row).toString(),
                        row.getString("case_name"),
                        Verdict.valueOf(row.getString("decision")),
                        row.getString("reason"),
                        row.getString("author"),
                        row.getLong("resolved_at")))
                .stream()
                .sorted(Comparator.comparing(ArchiveFormat.Decision::cell).thenComparing(ArchiveFormat.Decision::name))
                .toList();
    }

    /** Those that were recorded by then and can be about a case of it. */
    private List<ArchiveFormat.Waiver> waivers(Row row, List<ArchiveFormat.Cell> cells) {
        return WaiverRows.of(handle, run).stream()
                .filter(waiver -> !waiver.at().isAfter(Instant.ofEpochMilli(row.queuedAt())))
                .filter(waiver -> cells.stream().anyMatch(cell -> isAbout(waiver, cell.cell())))
                .map(ArchivedWaivers::of)
                .toList();
    }

    private static boolean isAbout(RecordedWaiver waiver, CellKey cell) {
        Scope scope = waiver.waiver().scope();
        return scope.suite().equals(cell.suite())
                && scope.distributions().stream().anyMatch(pattern -> Scope.matches(pattern, cell.distribution()));
    }

    /** By cell and token. */
    List<Ended> attempts() {
        return handle
                .createQuery("SELECT a.id, a.token, l.suite AS suite_id, l.distribution, s.name AS suite, l.variant, "
                        + "l.driver FROM cell c JOIN attempt a ON a.cell = c.id JOIN lane l ON l.id = c.lane "
                        + "JOIN suite s ON s.id = l.suite WHERE c.run = :run")
                .bind("run", run)
                .map((row, context) ->
                        new Ended(row.getLong("id"), row.getLong("suite_id"), CellLines.key(row), row.getLong("token")))
                .stream()
                .sorted(Comparator.comparing(Ended::cell).thenComparingLong(Ended::token))
                .toList();
    }

    ArchiveFormat.Attempt attempt(Ended ended) {
        return handle.createQuery("SELECT a.*, " + AttemptCodes.ENDED_AT
                        + ", COALESCE(s.cases, 0) AS cases, r.matrix, r.matrix_digest, r.queued_at FROM attempt a "
                        + "LEFT JOIN case_set s ON s.id = a.case_set LEFT JOIN attempt b ON b.id = a.baseline "
                        + "LEFT JOIN cell c ON c.id = b.cell LEFT JOIN run r ON r.number = c.run WHERE a.id = :id")
                .bind("id", ended.id())
                .map((row, context) -> attempt(ended, row))
                .one();
    }

    private ArchiveFormat.Attempt attempt(Ended ended, ResultSet row) throws SQLException {
        long id = ended.id();
        return new ArchiveFormat.Attempt(
                ended.cell().toString(),
                ended.token(),
                AttemptCodes.kind(row).word(),
                Objects.requireNonNull(AttemptCodes.step(row)).word(),
                row.getString("only_case"),
                row.getLong("started_at"),
                row.getLong("ended_at"),
                Objects.requireNonNull(AttemptCodes.outcome(row)).word(),
                row.getString("why"),
                row.getObject("exit_status", Integer.class),
                row.getBoolean("complete"),
                row.getLong("planned"),
                row.getInt("cases"),
                Words.counts(AttemptCodes.counts(row)),
                baseline(row),
                row.getInt("broken"),
                row.getInt("mended"),
                steps(id),
                guests(id),
                CellQuery.notes(handle, id),
                CellQuery.files(handle, id).stream()
                        .map(file -> new ArchiveFormat.Kept(
                                file.role(),
                                file.name(),
                                file.digest(),
                                file.bytes(),
                                file.cutAt(),
                                file.removedAt() == null
                                        ? null
                                        : file.removedAt().toEpochMilli()))
                        .toList(),
                FactLists.facts(handle, row.getObject("provenance", Long.class)),
                FactLists.facts(handle, row.getObject("packages", Long.class)),
                confirmations(ended));
    }

    private static ArchiveFormat.@Nullable Baseline baseline(ResultSet row) throws SQLException {
        String elsewhere = row.getString("compared_with");
        if (elsewhere != null) {
            return ArchiveJson.read(elsewhere.getBytes(StandardCharsets.UTF_8), ArchiveFormat.Baseline.class);
        }
        String matrix = row.getString("matrix");
        return matrix == null
                ? null
                : new ArchiveFormat.Baseline(matrix, row.getString("matrix_digest"), row.getLong("queued_at"));
    }

    private SortedMap<String, Long> steps(long attempt) {
        SortedMap<String, Long> steps = new TreeMap<>();
        AttemptSteps.of(handle, attempt).forEach((step, at) -> steps.put(step.word(), at.toEpochMilli()));
        return steps;
    }

    private List<ArchiveFormat.Guest> guests(long attempt) {
        return Guests.of(handle, attempt).stream()
                .map(guest -> new ArchiveFormat.Guest(
                        guest.role(),
                        guest.driver(),
                        guest.host(),
                        guest.image(),
                        guest.startedAt().toEpochMilli()))
                .toList();
    }

    private SortedMap<String, ArchiveFormat.Confirmed> confirmations(Ended ended) {
        SortedMap<String, ArchiveFormat.Confirmed> said = new TreeMap<>();
        Confirmations.byName(handle, ended.suite(), ended.id())
                .forEach((name, each) -> said.put(
                        name,
                        new ArchiveFormat.Confirmed(each.standing().word(), each.failed(), each.times(), each.why())));
        return said;
    }
}
