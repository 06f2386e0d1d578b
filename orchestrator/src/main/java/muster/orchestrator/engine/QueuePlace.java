package muster.orchestrator.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a run's turn comes.
 *
 * @param priority its cells go before those of a smaller one, and stop none that runs already; 0 is usual
 * @param notBefore when it may begin, or null for at once
 * @param after the run that must have ended before, or null for none
 */
public record QueuePlace(
        int priority, @Nullable Instant notBefore, @Nullable Long after) {

    /** At once, in turn. */
    public static final QueuePlace USUAL = new QueuePlace(0, null, null);
}
