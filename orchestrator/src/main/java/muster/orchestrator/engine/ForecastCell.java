package muster.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.run.Capacity.Need;
import org.jspecify.annotations.Nullable;

/**
 * A cell that has not ended, as a {@link Forecast} sees it.
 *
 * @param run the run's number
 * @param need what its guests take together
 * @param estimate how long it takes, or null where nobody knows
 * @param startedAt null where it waits
 * @param notBefore when it may begin, or null for at once
 * @param after the run that must have ended before, or null for none
 * @param held whether nobody knows when it may begin: a person holds it back, or it does not wait for its turn yet
 */
record ForecastCell(
        long run,
        Need need,
        @Nullable Estimate estimate,
        @Nullable Instant startedAt,
        @Nullable Instant notBefore,
        @Nullable Long after,
        boolean held) {

    /** When it ends that began then, or null where nobody knows; never before {@code now}. */
    @Nullable
    Instant end(Instant began, boolean slowly, Instant now) {
        if (estimate == null) {
            return null;
        }
        Instant usual = began.plus(estimate.usual());
        Instant slow = began.plus(estimate.slow());
        if (!slowly && usual.isAfter(now)) {
            return usual;
        }
        if (slow.isAfter(now)) {
            return slowly ? slow : now;
        }
        // Later than nine of ten: as much later again as it is late, or a tenth of what it took.
        Duration late = Duration.between(slow, now);
        Duration tenth = Duration.between(began, now).dividedBy(10);
        return slowly ? now.plus(late.compareTo(tenth) > 0 ? late : tenth) : now;
    }
}
