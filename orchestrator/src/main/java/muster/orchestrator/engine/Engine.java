package muster.orchestrator.engine;

import java.util.Collection;
import java.util.function.Predicate;
import muster.orchestrator.run.CellRun;

/** Where and when attempts run. */
public interface Engine {

    /** Runs cells to their ends and returns when the last is done; whoever interrupts the caller cancels them all. */
    void run(Collection<CellRun> cells);

    /** Cancels cells under way; they clean up by themselves. Returns how many. */
    int cancel(Predicate<CellRun> which);

    /** Cancels all cells under way, and from now on every other as soon as it is begun. */
    void stop();
}
