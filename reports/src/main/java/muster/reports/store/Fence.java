package muster.reports.store;

import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.ResultStore.Fenced;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lets through only writes of a cell's newest attempt while it has not ended. */
final class Fence {

    private Fence() {}

    /** The cell of an attempt that may write. */
    record Place(
            long cell,
            long suite,
            long lane,
            long run,
            boolean inLane,
            @Nullable Long history) {}

    /** Locks the attempt's cell until the transaction ends. */
    static Place pass(Handle handle, Attempt attempt) {
        Held held = handle.createQuery("SELECT c.id, c.token FROM cell c WHERE c.id = "
                        + "(SELECT a.cell FROM attempt a WHERE a.id = :attempt) FOR UPDATE")
                .bind("attempt", attempt.id())
                .map((row, context) -> new Held(row.getLong("id"), row.getLong("token")))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException(named(attempt) + ": this store has no such attempt"));
        if (held.token() != attempt.token()) {
            throw new Fenced(
                    named(attempt) + ": a newer attempt of the cell has begun; what this one found is dropped");
        }
        return place(handle, attempt);
    }

    /** Locks a cell for a new attempt. */
    static Held cell(Handle handle, long run, CellKey key) {
        return handle.createQuery("SELECT c.id, c.token FROM cell c WHERE c.run = :run AND c.lane = :lane FOR UPDATE")
                .bind("run", run)
                .bind("lane", Lanes.find(handle, key))
                .map((row, context) -> new Held(row.getLong("id"), row.getLong("token")))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot begin an attempt of " + key + ": run " + run + " has no such cell"));
    }

    /** A locked cell with the token of its newest attempt. */
    record Held(long cell, long token) {}

    private static Place place(Handle handle, Attempt attempt) {
        return handle.createQuery("SELECT c.id, l.suite, c.lane, c.run, c.in_lane, c.history, "
                        + "a.outcome IS NOT NULL AS ended FROM attempt a JOIN cell c ON c.id = a.cell "
                        + "JOIN lane l ON l.id = c.lane WHERE a.id = :attempt")
                .bind("attempt", attempt.id())
                .map((row, context) -> {
                    if (row.getBoolean("ended")) {
                        throw new Fenced(named(attempt) + ": it has ended, and a result is written once");
                    }
                    return new Place(
                            row.getLong("id"),
                            row.getLong("suite"),
                            row.getLong("lane"),
                            row.getLong("run"),
                            row.getBoolean("in_lane"),
                            row.getObject("history", Long.class));
                })
                .one();
    }

    private static String named(Attempt attempt) {
        return "cannot write attempt " + attempt.token() + " of " + attempt.cell() + " in run " + attempt.run();
    }
}
