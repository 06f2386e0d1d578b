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
        Estimate estimate =
                Estimate.of(farm.results().store().history().durations(cell.key(), EARLIER_RUNS), cell.typical());
        String one = attempt.onlyCase();
        farm.board().queued(attempt, estimate == null || one != null ? null : estimate.usual());
        int priority = RunRecord.place(farm.home().run(attempt.run())).priority();
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
        Capacity.Need need = need(cell, demand, estimate).urgent(priority);
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

    /** What the guest of a cell takes of the host at most. */
    Capacity.Need need(Cell cell) {
        return need(cell, Demand.declared(cell), null);
    }

    private static Capacity.Need need(Cell cell, Demand demand, @Nullable Estimate estimate) {
        double rank =
                estimate == null ? Double.POSITIVE_INFINITY : estimate.usual().toSeconds();
        return new Capacity.Need(cell.key().toString(), demand.memoryBytes(), demand.cpu(), rank);
    }
}
