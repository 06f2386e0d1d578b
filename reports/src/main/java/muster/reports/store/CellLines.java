package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellLine;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Cells in a line each, as their newest main or retry attempt stands. */
final class CellLines {

    private static final String CELLS = "SELECT c.run, l.distribution, s.name AS suite, l.variant, l.driver, a.step, "
            + "a.outcome, a.why, a.started_at, a.ended_at, a.counts, a.broken, a.mended "
            + "FROM lane l JOIN suite s ON s.id = l.suite JOIN cell c ON c.lane = l.id "
            + "LEFT JOIN attempt a ON a.id = c.shown ";

    private CellLines() {}

    /** The cells of runs {@code from} to {@code to}, sorted by run and key. */
    static List<CellLine> ofRuns(Handle handle, long from, long to) {
        return handle
                .createQuery(CELLS + "WHERE c.run BETWEEN :from AND :to")
                .bind("from", from)
                .bind("to", to)
                .map(CellLines::line)
                .stream()
                .sorted((a, b) -> a.run() == b.run() ? a.cell().compareTo(b.cell()) : Long.compare(a.run(), b.run()))
                .toList();
    }

    /** The last {@code nights} cells of every lane, the newest last. */
    static List<CellLine> ofLanes(Handle handle, int nights) {
        return handle.createQuery(CELLS + "WHERE c.in_lane AND c.run > COALESCE((SELECT e.run FROM cell e "
                        + "WHERE e.lane = l.id AND e.in_lane ORDER BY e.run DESC LIMIT 1 OFFSET :nights), 0) "
                        + "ORDER BY c.run")
                .bind("nights", nights)
                .map(CellLines::line)
                .list();
    }

    static Optional<CellLine> one(Handle handle, long cell) {
        return handle.createQuery(CELLS + "WHERE c.id = :cell")
                .bind("cell", cell)
                .map(CellLines::line)
                .findOne();
    }

    private static CellLine line(ResultSet row, StatementContext context) throws SQLException {
        String step = row.getString("step");
        String outcome = row.getString("outcome");
        return new CellLine(
                row.getLong("run"),
                key(row),
                step == null ? Step.QUEUED : Words.step(step),
                outcome == null ? null : Outcome.ofWord(outcome),
                text(row.getString("why")),
                Words.instant(row.getObject("started_at", Long.class)),
                Words.instant(row.getObject("ended_at", Long.class)),
                Words.counts(text(row.getString("counts"))),
                row.getInt("broken"),
                row.getInt("mended"));
    }

    /** From columns distribution, suite, variant and driver. */
    static CellKey key(ResultSet row) throws SQLException {
        return new CellKey(
                row.getString("distribution"),
                row.getString("suite"),
                row.getString("variant"),
                row.getString("driver"));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
