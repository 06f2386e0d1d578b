package muster.reports.store;

import java.time.Instant;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.Step;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes what an attempt does until it ends. */
final class AttemptWriter {

    private final Connections connections;
    private final Guests guests;

    AttemptWriter(Connections connections) {
        this.connections = connections;
        guests = new Guests(connections);
    }

    Attempt begin(long run, CellKey key, Kind kind, @Nullable String onlyCase, Instant at) {
        return connections.write(handle -> {
            Fence.Held cell = Fence.cell(handle, run, key);
            long token = cell.token() + 1;
            handle.execute(
                    "UPDATE attempt SET outcome = ?, why = ?, ended_after = ? - started_at "
                            + "WHERE cell = ? AND outcome IS NULL",
                    AttemptCodes.of(Outcome.FENCED),
                    "attempt " + token + " of the cell has replaced it",
                    at.toEpochMilli(),
                    cell.cell());
            String name = onlyCase == null ? null : Texts.name(onlyCase);
            long id = insert(handle, cell.cell(), token, kind, at);
            if (name != null) {
                handle.execute("UPDATE attempt SET only_case = ? WHERE id = ?", name, id);
            }
            handle.execute("UPDATE cell SET token = ? WHERE id = ?", token, cell.cell());
            if (kind.standsForCell()) {
                handle.execute("UPDATE cell SET shown = ? WHERE id = ?", id, cell.cell());
            }
            return new Attempt(id, run, key, kind, token, name);
        });
    }

    void step(Attempt attempt, Step step, Instant at) {
        connections.change(handle -> {
            Fence.pass(handle, attempt);
            AttemptSteps.stamp(handle, attempt.id(), step, at);
        });
    }

    void guest(Attempt attempt, GuestRecord guest) {
        connections.change(handle -> {
            Fence.pass(handle, attempt);
            guests.add(handle, attempt.id(), guest);
        });
    }

    private static long insert(Handle handle, long cell, long token, Kind kind, Instant at) {
        return handle.createUpdate("INSERT INTO attempt (cell, token, kind, step, started_at, why, complete, planned, "
                        + "counts, broken, mended) VALUES (:cell, :token, :kind, :step, :at, '', FALSE, -1, '', 0, 0)")
                .bind("cell", cell)
                .bind("token", token)
                .bind("kind", AttemptCodes.of(kind))
                .bind("step", AttemptCodes.of(Step.QUEUED))
                .bind("at", at.toEpochMilli())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }
}
