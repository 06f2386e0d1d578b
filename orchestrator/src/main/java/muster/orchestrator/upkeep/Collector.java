package muster.orchestrator.upkeep;

import java.io.IOException;
import java.time.Instant;

/** Finds things of one kind that have no reason to stay, and removes them. Never touches what runs, is kept or is pinned. */
public interface Collector {

    /** What it is about, a word or two in the plural. */
    String kind();

    /**
     * @param dryRun whether to leave everything as it is
     * @return what was removed, or would be
     */
    Found collect(Instant now, boolean dryRun) throws IOException, InterruptedException;

    /** How many things, and what they took. */
    record Found(int count, long bytes) {

        static final Found NOTHING = new Found(0, 0);

        Found and(long more) {
            return new Found(count + 1, bytes + more);
        }
    }
}
