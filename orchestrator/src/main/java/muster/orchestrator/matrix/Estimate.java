package muster.orchestrator.matrix;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a cell takes from cloning to done.
 *
 * @param usual the median of its earlier durations, or what its suite says is typical
 * @param slow nine of ten earlier ones took no longer; the same as {@code usual} where there are none
 * @param from how many earlier ones this comes from; 0 when it is the suite's word
 */
public record Estimate(Duration usual, Duration slow, int from) {

    /**
     * @param earlier durations of the cell's lane, in any order
     * @param typical what the suite says, or null
     * @return null when nothing is known
     */
    public static @Nullable Estimate of(List<Duration> earlier, @Nullable Duration typical) {
        if (earlier.isEmpty()) {
            return typical == null ? null : new Estimate(typical, typical, 0);
        }
        List<Duration> sorted = earlier.stream().sorted().toList();
        return new Estimate(quantile(sorted, 0.5), quantile(sorted, 0.9), sorted.size());
    }

    /** By nearest rank: the smallest that at least this share of all does not exceed. */
    private static Duration quantile(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
