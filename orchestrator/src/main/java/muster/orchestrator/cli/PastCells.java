package muster.orchestrator.cli;

import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.reports.CellKey;
import muster.reports.History;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;

/** The cell of a past run that a person means. */
final class PastCells {

    private static final int RUNS = 100;

    private PastCells() {}

    /** Of the newest run that has it. */
    static CellView newest(History history, String selector, Path home) throws ConfigError, Refusal {
        for (RunLine run : history.runs(RUNS)) {
            List<CellKey> keys = keys(history, run.number());
            if (Cells.selects(selector, keys)) {
                return history.cell(run.number(), Cells.one(selector, keys)).orElseThrow();
            }
        }
        List<CellKey> known = history.runs(RUNS).stream()
                .flatMap(run -> keys(history, run.number()).stream())
                .distinct()
                .toList();
        if (known.isEmpty()) {
            throw Refusal.usage("cannot find a cell '" + selector + "': nothing has run in " + home);
        }
        throw new IllegalStateException("none of these was selected before: " + Cells.one(selector, known));
    }

    /** Of one run. */
    static CellView of(History history, String selector, long run) throws ConfigError, Refusal {
        List<CellKey> keys = keys(history, run);
        if (keys.isEmpty()) {
            throw Refusal.usage("cannot find run " + run + ": there is none with this number");
        }
        return history.cell(run, Cells.one(selector, keys)).orElseThrow();
    }

    private static List<CellKey> keys(History history, long run) {
        return history.cells(run).stream().map(line -> line.cell()).toList();
    }
}
