package muster.reports.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.NewRun;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes the beginning and the end of runs. */
final class RunWriter {

    private final Connections connections;

    RunWriter(Connections connections) {
        this.connections = connections;
    }

    long queue(NewRun run) {
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
            return number;
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
