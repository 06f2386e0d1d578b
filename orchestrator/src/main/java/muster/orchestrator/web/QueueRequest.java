package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for when a run is queued, as it goes over the wire.
 *
 * @param file the matrix file's absolute path
 * @param settings what {@code --set} changes
 * @param only selectors of the cells that are wanted, empty for all
 * @param priority its cells go before those of a smaller one; 0 is usual
 * @param notBefore when it may begin, or null for at once
 */
public record QueueRequest(
        String file,
        Map<String, String> settings,
        List<String> only,
        int priority,
        @Nullable Instant notBefore) {}
