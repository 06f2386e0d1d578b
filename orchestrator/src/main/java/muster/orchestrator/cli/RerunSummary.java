package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Kept;
import muster.reports.Attempt;
import muster.reports.History;
import muster.reports.view.CaseLine;
import muster.reports.view.CellView;
import muster.testsuites.ByHand;
import muster.testsuites.Suite;
import muster.testsuites.Verdict;

/** What is said when a rerun is done: then and now. */
final class RerunSummary {

    /** More cases that differ than this are counted, not named. */
    private static final int NAMED = 10;

    private final History history;
    private final CellView past;

    RerunSummary(History history, CellView past) {
        this.history = history;
        this.past = past;
    }

    void print(Attempt again, PrintWriter out) {
        Map<String, Verdict> now = new TreeMap<>();
        history.cases(again, result -> now.put(result.name(), result.verdict()));
        String one = again.onlyCase();
        List<String> lines = new ArrayList<>();
        for (CaseLine line : past.cases()) {
            Verdict verdict = now.get(line.name());
            if (one == null ? verdict != line.verdict() : line.name().equals(one)) {
                lines.add("  " + Words.harmless(line.name()) + ": " + line.verdict() + " in run "
                        + past.line().run() + ", " + (verdict == null ? "not reported" : verdict.name()) + " now");
            }
        }
        out.println();
        if (one == null) {
            out.println(lines.size() + " of " + past.cases().size() + " cases came to something else than in run "
                    + past.line().run() + (lines.isEmpty() ? "" : ":"));
        }
        lines.stream().limit(NAMED).forEach(out::println);
        if (lines.size() > NAMED) {
            out.println("  and " + (lines.size() - NAMED) + " more");
        }
    }

    /** How to do it once more in the guest, where that is kept. */
    static void byHand(Home home, CellRun again, PrintWriter out) throws IOException {
        Optional<Kept> kept = Kept.list(home).stream()
                .filter(each -> each.attempt() == again.id().id())
                .findFirst();
        if (kept.isPresent()) {
            Cell cell = again.cell();
            Suite.Commands commands = cell.suite().commands();
            String one = cell.onlyCase();
            out.println("In its shell, by hand:");
            out.println("  "
                    + Words.harmless(ByHand.line(
                            cell.suite().name(),
                            cell.variant().name(),
                            cell.suite().user(),
                            one == null || commands.runCase() == null ? commands.run() : commands.runCase(),
                            cell.environment(),
                            one)));
        }
    }
}
