package muster.reports.view;

import java.time.Instant;
import java.util.Map;
import muster.reports.Counts;
import muster.reports.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A run in one line.
 *
 * @param number its number
 * @param outcomes how many of its cells came to each outcome; a cell that has not ended is not in it
 * @param cells how many cells it has
 * @param counts verdicts of all its cells together
 * @param broken how many cases are bad now that their lane's baseline had as anything but bad
 * @param mended how many are good now that were bad there
 */
public record RunLine(
        long number,
        String matrix,
        Instant queuedAt,
        @Nullable Instant endedAt,
        Map<Outcome, Integer> outcomes,
        int cells,
        Counts counts,
        int broken,
        int mended) {}
