package muster.reports.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes the beginning and the end of runs. */
final class RunWriter {

    private final Connections connections;

    RunWriter(Connections connections) {
        this.connections = connections;
    }

    long queue(NewRun run) {
        return queue(run, (handle, number) -> true).orElseThrow();
    }

    OptionalLong queue(NewRun run, Instant due) {
        return queue(run, (handle, number) -> fires(handle, run.matrix(), due, number));
    }

    OptionalLong queue(NewRun run, @Nullable Instant due, ResultStore.Recorder recorder) throws IOException {
        try {
            return queue(run, (handle, number) -> {
                boolean wanted = due == null || fires(handle, run.matrix(), due, number);
                if (wanted) {
                    record(recorder, number);
                }
                return wanted;
            });
        } catch (UncheckedIOException unrecorded) {
            throw unrecorded.getCause();
        }
    }

    private static void record(ResultStore.Recorder recorder, long number) {
        try {
            recorder.record(number);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean fires(Handle handle, String matrix, Instant due, long number) {
        return handle.createUpdate("""
                                INSERT INTO fire (matrix, due_at, run)
                                SELECT :matrix, :due, :run
                                WHERE NOT EXISTS (SELECT 1 FROM fire WHERE matrix = :matrix AND due_at = :due)""")
                        .bind("matrix", Texts.bounded(matrix, Texts.WORD))
                        .bind("due", due.toEpochMilli())
                        .bind("run", number)
                        .execute()
                == 1;
    }

    Optional<Instant> queuedAt(long run) {
        return connections.look(handle -> handle.createQuery("SELECT queued_at FROM run WHERE number = :run")
                .bind("run", run)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    boolean isQueued(String matrix, Instant due) {
        return connections.look(handle ->
                handle.createQuery("SELECT COUNT(*) FROM fire WHERE matrix = :matrix AND due_at = :due")
                                .bind("matrix", Texts.bounded(matrix, Texts.WORD))
                                .bind("due", due.toEpochMilli())
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** @param guard whether the run may be; it is asked while the row that hands out numbers is locked */
    private OptionalLong queue(NewRun run, BiPredicate<Handle, Long> guard) {
        if (new HashSet<>(run.cells()).size() < run.cells().size()) {
            throw new IllegalArgumentException("cannot queue a run of " + run.matrix() + ": it has a cell twice");
        }
        Map<CellKey, Long> lanes = new HashMap<>();
        for (CellKey cell : run.cells()) {
            lanes.put(cell, connections.intern(handle -> Lanes.id(handle, cell)));
        }
        return connections.write(handle -> {
            long number = Numbering.next(handle, "run");
            handle.execute(
                    "INSERT INTO run (number, matrix, matrix_digest, queued_at) VALUES (?, ?, ?, ?)",
                    number,
                    Texts.bounded(run.matrix(), Texts.FACT),
                    run.matrixDigest(),
                    run.queuedAt().toEpochMilli());
            run.settings()
                    .forEach((name, content) -> handle.execute(
                            "INSERT INTO run_setting (run, name, content) VALUES (?, ?, ?)",
                            number,
                            Texts.bounded(name, Texts.WORD),
                            Texts.bounded(content, Texts.FACT)));
            addCells(handle, number, run, lanes);
            if (!guard.test(handle, number)) {
                handle.rollback();
                return OptionalLong.empty();
            }
            return OptionalLong.of(number);
        });
    }

    void close(long run, Instant at) {
        connections.change(handle -> handle.execute(
                "UPDATE run SET ended_at = ? WHERE number = ? AND ended_at IS NULL", at.toEpochMilli(), run));
    }

    private static void addCells(Handle handle, long number, NewRun run, Map<CellKey, Long> lanes) {
        if (run.cells().isEmpty()) {
            return;
        }
        PreparedBatch cells = handle.prepareBatch("INSERT INTO cell (run, lane, in_lane, token) VALUES (?, ?, ?, 0)");
        for (CellKey cell : run.cells()) {
            cells.add(number, lanes.get(cell), run.settings().isEmpty());
        }
        cells.execute();
    }
}
