package muster.orchestrator.doctor;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that was found.
 *
 * @param looks in the order of the checks
 */
public record Examination(List<Look> looks) {

    /** What one check found, and how long it took. */
    public record Look(String check, Finding finding, Duration took) {}

    /** Whether runs are possible here: a driver works, and nothing is broken. */
    public boolean healthy() {
        return looks.stream().noneMatch(look -> look.finding().standing() == Standing.BROKEN);
    }

    /** The packages whose installation mends something. */
    public SortedSet<String> packages() {
        SortedSet<String> all = new TreeSet<>();
        looks.forEach(look -> all.addAll(look.finding().packages()));
        return all;
    }
}
