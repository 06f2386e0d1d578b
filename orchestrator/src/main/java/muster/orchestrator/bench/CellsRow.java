package muster.orchestrator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import muster.reports.Outcome;

/** A matrix of a dozen short cells, with templates and without. */
final class CellsRow implements GuestRow {

    private static final String MATRIX = "short";
    private static final double TARGET = 0.35;

    @Override
    public String name() {
        return "cells";
    }

    @Override
    public String title() {
        return "how long a matrix of 12 cells of 10 s takes on qemu with templates, beside cold boots";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        HeldFarm farm = place.farm();
        Matrix usual = place.matrices().read(MATRIX, false);
        Matrix strict = place.matrices().read(MATRIX, true);
        farm.setUp(usual.cells(), doing);
        List<Double> resumed = new ArrayList<>();
        List<Double> booted = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            resumed.add(seconds(farm, usual));
            booted.add(seconds(farm, strict));
            shares.add(resumed.getLast() / booted.getLast());
            doing.accept("cells: round %d of %d: %.1f s with templates, %.1f s without"
                    .formatted(round, rounds, resumed.getLast(), booted.getLast()));
        }
        return List.of(
                new Figures("matrix of 12 short cells with templates", "s", resumed),
                new Figures("matrix of 12 short cells, cold boots", "s", booted),
                new Figures("with templates / cold boots", "", shares).atMost(TARGET));
    }

    private static double seconds(HeldFarm farm, Matrix matrix) throws Exception {
        List<CellRun> runs = farm.queue(matrix, matrix.cells());
        long run = runs.getFirst().id().run();
        Stopwatch watch = new Stopwatch();
        farm.run(runs);
        double seconds = watch.seconds();
        List<CellStatus> bad = farm.board().snapshot().stream()
                .filter(cell -> cell.attempt().run() == run && cell.outcome() != Outcome.PASSED)
                .toList();
        if (!bad.isEmpty()) {
            throw new IOException("cannot measure: a cell came to " + bad.getFirst());
        }
        return seconds;
    }
}
