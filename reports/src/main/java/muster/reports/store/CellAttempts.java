package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.view.CellView.AttemptLine;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The attempts of cells in a line each. */
final class CellAttempts {

    private CellAttempts() {}

    /** All of a cell, the oldest first. */
    static List<AttemptLine> of(Handle handle, long cell, long suite) {
        return handle
                .createQuery("SELECT a.id, a.kind, a.started_at, " + AttemptCodes.ENDED_AT
                        + ", a.only_case, a.outcome, a.step " + "FROM attempt a WHERE a.cell = :cell ORDER BY a.token")
                .bind("cell", cell)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        new AttemptLine(
                                AttemptCodes.kind(row),
                                Words.instant(row.getObject("started_at", Long.class)),
                                Words.instant(row.getObject("ended_at", Long.class)),
                                state(row),
                                row.getString("only_case"),
                                null)))
                .list()
                .stream()
                .map(row -> withVerdict(handle, suite, row))
                .toList();
    }

    /** Its outcome; while it is open, its step. */
    private static String state(ResultSet row) throws SQLException {
        Outcome outcome = AttemptCodes.outcome(row);
        return outcome == null ? Objects.requireNonNull(AttemptCodes.step(row)).word() : outcome.word();
    }

    private record Row(long id, AttemptLine line) {}

    private static AttemptLine withVerdict(Handle handle, long suite, Row row) {
        AttemptLine line = row.line();
        String name = line.onlyCase();
        if (name == null || line.endedAt() == null) {
            return line;
        }
        return new AttemptLine(
                line.kind(),
                line.startedAt(),
                line.endedAt(),
                line.state(),
                name,
                CaseNames.number(handle, suite, name)
                        .map(number -> verdict(handle, row.id(), number))
                        .orElse(null));
    }

    private static @Nullable Verdict verdict(Handle handle, long attempt, int number) {
        return VerdictCodes.verdictOrAbsent(Compared.at(Blocks.verdicts(handle, attempt), number));
    }

    /** How many attempts of each cell of a run have ended that ran something of it again. */
    static Map<CellKey, Integer> again(Handle handle, long run) {
        Map<CellKey, Integer> again = new HashMap<>();
        handle.createQuery(
                        "SELECT l.distribution, s.name AS suite, l.variant, l.driver, COUNT(*) AS attempts FROM cell c "
                                + "JOIN attempt a ON a.cell = c.id JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                                + "WHERE c.run = :run AND a.kind IN (:confirm, :rerun) AND a.outcome IS NOT NULL "
                                + "GROUP BY l.distribution, s.name, l.variant, l.driver")
                .bind("run", run)
                .bind("confirm", AttemptCodes.of(Kind.CONFIRM))
                .bind("rerun", AttemptCodes.of(Kind.RERUN))
                .map((row, context) -> Map.entry(CellLines.key(row), row.getInt("attempts")))
                .forEach(cell -> again.put(cell.getKey(), cell.getValue()));
        return again;
    }
}
