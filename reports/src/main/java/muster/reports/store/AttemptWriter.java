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

    AttemptWriter(Connections connections) {
        this.connections = connections;
    }

    Attempt begin(long run, CellKey key, Kind kind, @Nullable String onlyCase, Instant at) {
        return connections.write(handle -> {
            Fence.Held cell = Fence.cell(handle, run, key);
            long token = cell.token() + 1;
            handle.execute(
                    "UPDATE attempt SET outcome = ?, why = ?, ended_at = ? WHERE cell = ? AND outcome IS NULL",
                    Outcome.FENCED.word(),
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
            stamp(handle, attempt, step, at);
        });
    }

    void guest(Attempt attempt, GuestRecord guest) {
        connections.change(handle -> {
            Fence.pass(handle, attempt);
            handle.execute("DELETE FROM guest WHERE attempt = ? AND role = ?", attempt.id(), guest.role());
            handle.execute(
                    "INSERT INTO guest (attempt, role, driver, host, image, started_at) VALUES (?, ?, ?, ?, ?, ?)",
                    attempt.id(),
                    guest.role(),
                    guest.driver(),
                    guest.host(),
                    guest.image(),
                    guest.startedAt().toEpochMilli());
        });
    }

    /** Stamps a step unless it has its stamp; the attempt stands at the furthest step that has one. */
    static void stamp(Handle handle, Attempt attempt, Step step, Instant at) {
        int added = handle.createUpdate(
                        "INSERT INTO attempt_step (attempt, step, began_at) "
                                + "SELECT CAST(:attempt AS BIGINT), CAST(:step AS VARCHAR), CAST(:at AS BIGINT) "
                                + "WHERE NOT EXISTS (SELECT 1 FROM attempt_step s WHERE s.attempt = :attempt AND s.step = :step)")
                .bind("attempt", attempt.id())
                .bind("step", step.word())
                .bind("at", at.toEpochMilli())
                .execute();
        Step stands = Words.step(handle.createQuery("SELECT step FROM attempt WHERE id = :attempt")
                .bind("attempt", attempt.id())
                .mapTo(String.class)
                .one());
        if (added > 0 && step.compareTo(stands) > 0) {
            handle.execute("UPDATE attempt SET step = ? WHERE id = ?", step.word(), attempt.id());
        }
    }

    private static long insert(Handle handle, long cell, long token, Kind kind, Instant at) {
        return handle.createUpdate("INSERT INTO attempt (cell, token, kind, step, started_at, why, complete, planned, "
                        + "counts, broken, mended) VALUES (:cell, :token, :kind, :step, :at, '', FALSE, -1, '', 0, 0)")
                .bind("cell", cell)
                .bind("token", token)
                .bind("kind", kind.word())
                .bind("step", Step.QUEUED.word())
                .bind("at", at.toEpochMilli())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }
}
