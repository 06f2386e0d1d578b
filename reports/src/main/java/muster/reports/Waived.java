package muster.reports;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What waivers say of the failing cases of a cell, as of its run's date.
 *
 * @param holding the cases that are waived, by name
 * @param expired those of which a waiver has expired and none holds: they count again
 */
public record Waived(SortedMap<String, RecordedWaiver> holding, SortedMap<String, RecordedWaiver> expired) {

    public static final Waived NOTHING = new Waived(new TreeMap<>(), new TreeMap<>());

    public Waived {
        holding = Collections.unmodifiableSortedMap(new TreeMap<>(holding));
        expired = Collections.unmodifiableSortedMap(new TreeMap<>(expired));
    }

    /** How many bad cases are waived. */
    public int count() {
        return holding.size();
    }

    /** The waiver of a case, or null where none holds. */
    public @Nullable RecordedWaiver by(String name) {
        return holding.get(name);
    }

    /** The waiver of a case that has expired, or null. */
    public @Nullable RecordedWaiver expiredBy(String name) {
        return expired.get(name);
    }
}
