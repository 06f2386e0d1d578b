package muster.orchestrator.cli;

import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.reports.CellKey;
import muster.reports.History;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import org.jspecify.annotations.Nullable;

/** The cell of a past run that a person means. */
final class PastCells {

    private static final int RUNS = 100;

    private PastCells() {}

    /** A cell of a run. */
    record Found(long run, CellKey cell) {}

    /** Of the newest run that has it. */
    static CellView newest(History history, String selector, Path home) throws ConfigError, Refusal {
        Found found = find(history, selector, null, home);
        return history.cell(found.run(), found.cell()).orElseThrow();
    }

    /** Of one run. */
    static CellView of(History history, String selector, long run) throws ConfigError, Refusal {
        Found found = find(history, selector, run);
        return history.cell(run, found.cell()).orElseThrow();
    }

    /** @param run of this run, or null: of the newest that has it */
    static Found find(History history, String selector, @Nullable Long run, Path home) throws ConfigError, Refusal {
        if (run != null) {
            return find(history, selector, run);
        }
        for (RunLine each : history.runs(RUNS)) {
            List<CellKey> keys = keys(history, each.number());
            if (Cells.selects(selector, keys)) {
                return new Found(each.number(), Cells.one(selector, keys));
            }
        }
        List<CellKey> known = history.runs(RUNS).stream()
                .flatMap(each -> keys(history, each.number()).stream())
                .distinct()
                .toList();
        if (known.isEmpty()) {
            throw Refusal.usage("cannot find a cell '" + selector + "': nothing has run in " + home);
        }
        throw new IllegalStateException("none of these was selected before: " + Cells.one(selector, known));
    }

    private static Found find(History history, String selector, long run) throws ConfigError, Refusal {
        List<CellKey> keys = keys(history, run);
        if (keys.isEmpty()) {
            throw unknownRun(history, run);
        }
        return new Found(run, Cells.one(selector, keys));
    }

    /** Says which runs there are. */
    static Refusal unknownRun(History history, long run) {
        List<RunLine> newest = history.runs(1);
        return Refusal.usage("cannot find run " + run + ": "
                + (newest.isEmpty()
                        ? "nothing has run in this home"
                        : "there is none with this number, the newest is run "
                                + newest.getFirst().number()));
    }

    private static List<CellKey> keys(History history, long run) {
        return history.cells(run).stream().map(line -> line.cell()).toList();
    }
}
