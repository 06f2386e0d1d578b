package muster.reports;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long journals, logs, consoles and artefacts stay. Only these files ever go: verdicts, history, messages, provenance
 * and every attempt case by case stay for good, and a file that went says since when it is gone.
 */
public interface Retention {

    /**
     * What stays. Whatever these say, so do the files of the last complete attempt of every lane, of what is pinned, of what
     * waits for a person, and of the baselines that any of these, or a bad attempt that stays, were compared with.
     *
     * @param days those of every attempt for so long after its end
     * @param runs those of the newest so many runs of every lane, however old
     * @param failedDays those of an attempt in which something is bad for so long after its end
     */
    record Rules(int days, int runs, int failedDays) {

        public Rules {
            if (days < 0 || runs < 0 || failedDays < 0) {
                throw new IllegalArgumentException("cannot keep files for less than nothing: " + days + " days, " + runs
                        + " runs, " + failedDays + " days where something is bad");
            }
        }
    }

    /**
     * What goes.
     *
     * @param attempts in the order of their runs
     * @param strays files that belong to no attempt: what a process left behind that was killed
     * @param strayBytes their sizes together
     */
    record Plan(List<Going> attempts, int strays, long strayBytes) {

        /** What is free afterwards. */
        public long bytes() {
            return strayBytes + attempts.stream().mapToLong(Going::bytes).sum();
        }

        public int files() {
            return strays
                    + attempts.stream().mapToInt(going -> going.files().size()).sum();
        }
    }

    /**
     * An attempt whose files go.
     *
     * @param shown whether it is the one that its cell shows
     * @param files all that was kept of it, in their order
     * @param bytes what is free afterwards: less than the files take where another attempt has the same content
     */
    record Going(
            Attempt attempt,
            Outcome outcome,
            Instant endedAt,
            boolean shown,
            List<Ending.KeptFile> files,
            long bytes) {}

    /**
     * What a person pinned.
     *
     * @param cell of that run, or null: all of it
     */
    record Pin(long run, @Nullable CellKey cell) {}

    /** What would go; removes nothing. */
    Plan plan(Rules rules, Instant now) throws IOException;

    /**
     * Removes it. The store says first that files are gone, then they are removed: a process that is killed meanwhile leaves
     * files behind, which the next one removes, and never one that is missed.
     *
     * <p>Nobody else may keep files in this folder meanwhile.
     */
    Plan prune(Rules rules, Instant now) throws IOException;

    /**
     * Pins a run or one of its cells, or lets it go again.
     *
     * @throws IllegalArgumentException when there is no such run or cell
     */
    void pin(Pin pin, boolean pinned);

    /** All that is pinned, by run. */
    List<Pin> pins();
}
