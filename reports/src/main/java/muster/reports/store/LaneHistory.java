package muster.reports.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which attempts make the history of a lane. Ordered by lane, too, so that H2 takes the index and does not sort. */
final class LaneHistory {

    private LaneHistory() {}

    /** The attempt that makes a lane's history in a run. */
    record Entry(long run, long attempt) {}

    /** The last one before a run: its baseline. */
    static Optional<Entry> before(Handle handle, long lane, long run) {
        return one(
                handle,
                "SELECT run, history FROM cell WHERE lane = :lane AND run < :run AND history IS NOT NULL "
                        + "ORDER BY lane DESC, run DESC LIMIT 1",
                lane,
                run);
    }

    /** The last one of all; a lane that was never run has none. */
    static Optional<Entry> last(Handle handle, @Nullable Long lane) {
        return lane == null ? Optional.empty() : before(handle, lane, Long.MAX_VALUE);
    }

    /** The first one after a run: there is one where the run's own comes late. */
    static Optional<Entry> after(Handle handle, long lane, long run) {
        return one(
                handle,
                "SELECT run, history FROM cell WHERE lane = :lane AND run > :run AND history IS NOT NULL "
                        + "ORDER BY lane, run LIMIT 1",
                lane,
                run);
    }

    private static Optional<Entry> one(Handle handle, String sql, long lane, long run) {
        return handle.createQuery(sql)
                .bind("lane", lane)
                .bind("run", run)
                .map((row, context) -> new Entry(row.getLong(1), row.getLong(2)))
                .findOne();
    }
}
