package muster.orchestrator.engine;

import java.io.IOException;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Demand;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.reports.Attempt;
import org.jspecify.annotations.Nullable;

/** Makes attempts ready to be run: what their guests take of the host, and how long they are expected to take. */
final class CellRuns {

    private static final int EARLIER_RUNS = 10;

    private final Farm farm;

    CellRuns(Farm farm) {
        this.farm = farm;
    }

    /** An attempt of a cell that has begun; with it, it is on the board. */
    CellRun of(Cell cell, Attempt attempt) throws IOException {
        return of(cell, attempt, RunRecord.place(farm.home().run(attempt.run())).priority());
    }

    /** The same where the run's priority is known. */
    CellRun of(Cell cell, Attempt attempt, int priority) throws IOException {
        Estimate estimate = estimate(cell);
        String one = attempt.onlyCase();
        farm.board().queued(attempt, one == null ? estimate : null);
        Capacity.Need need = need(cell, estimate).urgent(priority).of(attempt.run(), cell.key());
        return new CellRun(
                farm,
                one == null ? cell : cell.only(one),
                attempt,
                attempt.kind() == Attempt.Kind.CONFIRM ? need.lonely() : need);
    }

    /** Begins an attempt that runs a cell, or one case of it, again with the image that it had. */
    CellRun again(Cell cell, long run, Attempt.Kind kind, String image) throws IOException {
        Attempt attempt = farm.results()
                .store()
                .begin(run, cell.key(), kind, cell.onlyCase(), farm.clock().instant());
        CellRun.bootsImage(farm.home().attempt(attempt.id()), image);
        return of(cell, attempt);
    }

    /** How long a cell takes, by its history or its suite's word; null where nobody knows. */
    @Nullable
    Estimate estimate(Cell cell) {
        return Estimate.of(farm.results().store().history().durations(cell.key(), EARLIER_RUNS), cell.typical());
    }

    /** What the guest of a cell takes of the host at most. */
    Capacity.Need need(Cell cell) {
        return need(cell, Demand.declared(cell), null);
    }

    /** What it takes as far as is known, where it is known how long. */
    Capacity.Need need(Cell cell, @Nullable Estimate estimate) {
        Demand demand = Demand.of(
                cell,
                farm.results()
                        .store()
                        .history()
                        .guestUses(
                                cell.key(),
                                cell.guest().memoryBytes(),
                                cell.guest().cpus(),
                                Demand.EARLIER));
        return need(cell, demand, estimate);
    }

    private static Capacity.Need need(Cell cell, Demand demand, @Nullable Estimate estimate) {
        double rank =
                estimate == null ? Double.POSITIVE_INFINITY : estimate.slow().toMillis() / 1000.0;
        return new Capacity.Need(cell.key().toString(), demand.memoryBytes(), demand.cpu(), rank);
    }
}
