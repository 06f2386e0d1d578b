package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.reports.CellKey;
import muster.reports.Step;
import muster.reports.view.CellLine;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Cells in a line each, as their newest main or retry attempt stands. */
final class CellLines {

    private static final String COLUMNS = "SELECT c.run, l.distribution, s.name AS suite, l.variant, l.driver, a.step, "
            + "a.outcome, a.why, a.started_at, " + AttemptCodes.ENDED_AT + ", a.counts, a.broken, a.mended, "
            + "CASE WHEN " + AttemptCodes.has(Verdict.FIP) + " THEN " + Decisions.FAILED_OF_CELL
            + " ELSE 0 END AS decided ";
    private static final String CELLS = COLUMNS + "FROM cell c JOIN lane l ON l.id = c.lane "
            + "JOIN suite s ON s.id = l.suite LEFT JOIN attempt a ON a.id = c.shown ";

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

    /**
     * The last {@code nights} cells of every lane, the newest last. First, lane by lane, the run before these: the order is
     * by both columns of the index, since H2 sorts the whole lane otherwise. Then all cells after them: outer joins, since
     * H2 otherwise begins with the cells of all nights.
     */
    static List<CellLine> ofLanes(Handle handle, int nights) {
        Map<Long, Long> before = handle.createQuery(
                        "SELECT l.id, COALESCE((SELECT e.run FROM cell e WHERE e.lane = l.id "
                                + "AND e.in_lane ORDER BY e.lane DESC, e.run DESC LIMIT 1 OFFSET :nights), 0) FROM lane l")
                .bind("nights", nights)
                .reduceResultSet(new LinkedHashMap<>(), (runs, row, context) -> {
                    runs.put(row.getLong(1), row.getLong(2));
                    return runs;
                });
        return handle.createQuery(COLUMNS + "FROM UNNEST(CAST(:lanes AS BIGINT ARRAY), CAST(:befores AS BIGINT ARRAY)) "
                        + "AS w(lane, before) LEFT JOIN cell c ON c.lane = w.lane AND c.run > w.before "
                        + "LEFT JOIN lane l ON l.id = c.lane LEFT JOIN suite s ON s.id = l.suite "
                        + "LEFT JOIN attempt a ON a.id = c.shown WHERE c.in_lane ORDER BY c.run")
                .bindArray("lanes", Long.class, List.copyOf(before.keySet()))
                .bindArray("befores", Long.class, List.copyOf(before.values()))
                .map(CellLines::line)
                .list();
    }

    /** The last {@code nights} cells of one lane, the newest last; ordered by both columns of the index, as {@link #ofLanes}. */
    static List<CellLine> ofLane(Handle handle, CellKey key, int nights) {
        Long lane = Lanes.find(handle, key);
        if (lane == null) {
            return List.of();
        }
        return handle.createQuery(
                        CELLS + "WHERE c.lane = :lane AND c.in_lane ORDER BY c.lane DESC, c.run DESC LIMIT :nights")
                .bind("lane", lane)
                .bind("nights", nights)
                .map(CellLines::line)
                .list()
                .reversed();
    }

    static Optional<CellLine> one(Handle handle, long cell) {
        return handle.createQuery(CELLS + "WHERE c.id = :cell")
                .bind("cell", cell)
                .map(CellLines::line)
                .findOne();
    }

    private static CellLine line(ResultSet row, StatementContext context) throws SQLException {
        Step step = AttemptCodes.step(row);
        Decisions.Judged judged =
                Decisions.judge(AttemptCodes.outcome(row), text(row.getString("why")), row.getLong("decided"));
        return new CellLine(
                row.getLong("run"),
                key(row),
                step == null ? Step.QUEUED : step,
                judged.outcome(),
                judged.why(),
                Words.instant(row.getObject("started_at", Long.class)),
                Words.instant(row.getObject("ended_at", Long.class)),
                AttemptCodes.counts(row),
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
