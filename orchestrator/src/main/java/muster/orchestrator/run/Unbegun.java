package muster.orchestrator.run;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;

/**
 * Attempts that were due when an orchestrator died: a cell's first, in a run that was only half queued, and the retry of
 * one whose end the farm's own failure was, where that end was stored already.
 */
public final class Unbegun {

    private static final int NO_CASES = 0;

    private final Home home;
    private final ResultStore store;
    private final Clock clock;

    public Unbegun(Home home, ResultStore store, Clock clock) {
        this.home = home;
        this.store = store;
        this.clock = clock;
    }

    /** What a run may have beside the matrix's own limit. */
    @FunctionalInterface
    public interface Budget {
        /** Takes one retry, if there is one left. */
        boolean take(long run) throws IOException;
    }

    /**
     * Begins them, so that they are open like those that were under way.
     *
     * @param cells the run's, as its matrix has them
     */
    public void begin(long run, List<Cell> cells, Budget budget) throws IOException {
        Set<CellKey> concerned = store.history().cells(run).stream()
                .filter(line -> line.outcome() == null || line.outcome().isInfrastructure())
                .map(CellLine::cell)
                .collect(Collectors.toSet());
        for (Cell cell : cells) {
            if (!concerned.contains(cell.key())) {
                continue; // it has ended for good, or was left out of this run
            }
            CellView view = store.history().cell(run, cell.key(), NO_CASES).orElseThrow();
            if (view.attempts().isEmpty()) {
                store.begin(run, cell.key(), Attempt.Kind.MAIN, clock.instant());
            } else if (isRetryDue(view, cell) && budget.take(run)) {
                Attempt next = store.begin(run, cell.key(), Attempt.Kind.RETRY, clock.instant());
                Earlier.of(view).write(home.attempt(next.id()));
            }
        }
    }

    private static boolean isRetryDue(CellView view, Cell cell) {
        Outcome outcome = view.line().outcome();
        long tries = view.attempts().stream()
                .filter(attempt -> attempt.kind().standsForCell())
                .count();
        return view.attempts().getLast().endedAt() != null
                && outcome != null
                && outcome.isInfrastructure()
                && tries <= cell.limits().retries();
    }
}
