package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import muster.reports.Attempt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Attempts as their writers know them: how one is taken up again after its orchestrator was killed. */
final class OpenAttempts {

    private static final String ATTEMPTS = "SELECT a.id, c.run, l.distribution, s.name AS suite, l.variant, l.driver, "
            + "a.kind, a.token, a.only_case FROM attempt a JOIN cell c ON c.id = a.cell JOIN lane l ON l.id = c.lane "
            + "JOIN suite s ON s.id = l.suite ";

    private OpenAttempts() {}

    static List<Attempt> all(Handle handle) {
        return attempts(handle.createQuery(ATTEMPTS + "WHERE a.outcome IS NULL ORDER BY a.id"));
    }

    static Optional<Attempt> one(Handle handle, long id) {
        return attempts(handle.createQuery(ATTEMPTS + "WHERE a.id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /** Those that stand for the cells of a run. */
    static List<Attempt> shown(Handle handle, long run) {
        return attempts(handle.createQuery(ATTEMPTS + "WHERE c.run = :run AND a.id = c.shown ORDER BY a.id")
                .bind("run", run));
    }

    private static List<Attempt> attempts(Query query) {
        return query.map((row, context) -> attempt(row)).list();
    }

    /** From a row of such columns. */
    static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getLong("id"),
                row.getLong("run"),
                CellLines.key(row),
                AttemptCodes.kind(row),
                row.getLong("token"),
                row.getString("only_case"));
    }
}
