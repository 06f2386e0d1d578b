package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.Step;

/** What stands in for guests where a host and its time are simulated. */
@FunctionalInterface
public interface SimulatedGuests {

    /**
     * Lives the life of one guest, which has its place on the host, from its clone to what its suite left.
     *
     * @param folder takes the journal
     * @param step is told each step
     */
    CellEnd live(Farm farm, Cell cell, Attempt attempt, Path folder, BiConsumer<Step, Instant> step)
            throws IOException, InterruptedException;
}
