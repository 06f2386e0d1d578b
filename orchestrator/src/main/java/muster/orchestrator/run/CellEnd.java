package muster.orchestrator.run;

import java.util.List;
import java.util.SortedMap;
import muster.testsuites.SuiteEnding;

/** How an attempt ended, before its journal is read. What the suite did is data; the rest says whose failure it is. */
public sealed interface CellEnd {

    /**
     * The suite was started and has an end, good or bad; the journal says more.
     *
     * @param ending how it ended
     * @param subjects what was really tested: name to resolved path and version
     * @param notes what was cut or refused while collecting
     */
    record Ran(SuiteEnding ending, SortedMap<String, String> subjects, List<String> notes) implements CellEnd {}

    /** The guest's kernel gave up, as its console says: its words, and the console's last lines. */
    record Panicked(String panic, String lastLines) implements CellEnd {}

    /** The suite has used up what its guest has of memory or processes, and the guest with it. */
    record Exhausted(String why) implements CellEnd {}

    /** The guest never became ready, twice, on a host that boots other guests. */
    record BootFailed(String why) implements CellEnd {}

    /** Build, clone or set-up failed on the farm's side; {@code lasting}: it would fail again. */
    record Refused(String why, boolean lasting) implements CellEnd {}

    /** Guest or network gone for good. */
    record Lost(String why) implements CellEnd {}

    /** It was not wanted any more, as {@code why} says. */
    record Cancelled(String why) implements CellEnd {
        Cancelled() {
            this("cancelled by a person");
        }
    }
}
