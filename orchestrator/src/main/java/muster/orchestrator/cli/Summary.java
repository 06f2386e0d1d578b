package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import muster.orchestrator.config.Durations;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.text.Table;
import muster.reports.CellKey;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import muster.reports.view.RunView;

/** What is said when the last cell is done. */
final class Summary {

    /** More newly broken cases than this are counted, not named. */
    private static final int NAMED = 10;

    /** And more notes of a cell than this. */
    private static final int NOTED = 5;

    private final History history;
    private final Path report;

    Summary(History history, Path report) {
        this.history = history;
        this.report = report;
    }

    /** Prints it; returns the exit code. */
    int print(List<CellStatus> all, PrintWriter out) throws IOException {
        List<CellStatus> cells = all.stream()
                .filter(status -> status.attempt().kind().standsForCell())
                .toList();
        Table table = new Table().row("cell", "outcome", "took", "verdicts");
        for (CellStatus cell : cells) {
            table.row(
                    cell.cell().toString(),
                    cell.outcome() == null ? cell.step().word() : cell.outcome().word(),
                    cell.startedAt() == null || cell.endedAt() == null
                            ? ""
                            : Durations.format(cell.elapsed(cell.endedAt())),
                    Words.of(cell.counts()));
        }
        out.println();
        table.lines(Terminals.width()).forEach(out::println);
        for (CellStatus cell : cells) {
            if (cell.outcome() != null
                    && (cell.counts().total() == 0 || cell.outcome() == Outcome.PANICKED)
                    && !cell.why().isEmpty()) {
                out.println();
                out.println(cell.cell() + " " + cell.outcome().word() + ": " + Words.harmless(cell.why()));
            }
        }
        notes(cells, out);
        for (long run :
                new TreeSet<>(cells.stream().map(cell -> cell.attempt().run()).toList())) {
            history.run(run).ifPresent(view -> changes(view, out));
        }
        out.println();
        out.println("The report: " + report.resolve("index.html"));
        return ExitCode.of(cells.stream().map(CellStatus::outcome).toList());
    }

    /** What was noted beside the verdicts: what was cut, what a console said. */
    private void notes(List<CellStatus> cells, PrintWriter out) {
        for (CellStatus cell : cells) {
            List<String> notes = history.cell(cell.attempt().run(), cell.cell())
                    .map(CellView::notes)
                    .orElse(List.of());
            if (!notes.isEmpty()) {
                out.println();
                out.println(cell.cell() + ", noted:");
                notes.stream().limit(NOTED).forEach(note -> out.println("  " + Words.line(note)));
            }
            if (notes.size() > NOTED) {
                out.println("  and " + (notes.size() - NOTED) + " more, on its page");
            }
        }
    }

    private static void changes(RunView view, PrintWriter out) {
        List<RunView.ChangedCase> broken = view.broken();
        if (broken.isEmpty()) {
            return;
        }
        out.println();
        out.println("Newly broken since the last complete run: " + view.run().broken()
                + (view.confirmed().isEmpty() ? "" : " (run again, alone: " + view.confirmed() + ")"));
        for (RunView.ChangedCase change : broken.stream().limit(NAMED).toList()) {
            CellKey cell = change.cell();
            out.println("  " + cell + "  " + Words.line(change.name()) + ": " + change.before() + " -> "
                    + change.now()
                    + (change.confirmation() == null
                            ? ""
                            : ", " + Words.harmless(change.confirmation().words())));
        }
        if (broken.size() > NAMED) {
            out.println("  and " + (view.run().broken() - NAMED) + " more");
        }
    }
}
