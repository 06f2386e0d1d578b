package muster.reports;

import java.time.Instant;
import java.util.List;

/** Who did what to the farm. Entries are only ever added. */
public interface AuditLog {

    /** How many characters of each text are kept. */
    int MOST = 1_000;

    /** Adds an entry; texts that are longer than {@link #MOST} are cut, and end in an ellipsis. */
    void add(Instant at, String who, String what, String on, String result);

    /**
     * Entries, the newest first.
     *
     * @param before only those with a smaller number; {@code Long.MAX_VALUE} for the newest
     */
    List<AuditEntry> newest(int most, long before);
}
