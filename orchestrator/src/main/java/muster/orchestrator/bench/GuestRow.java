package muster.orchestrator.bench;

import java.util.List;
import java.util.function.Consumer;

/** Something about guests that is worth a figure or some, all sides of which are measured in turns. */
public interface GuestRow {

    /** Its name on the command line. */
    String name();

    /** What it measures, in a phrase for people. */
    String title();

    /**
     * Measures it.
     *
     * @param rounds how often
     * @param doing is told each round's
     */
    List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception;
}
