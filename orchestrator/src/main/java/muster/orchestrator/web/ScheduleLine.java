package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A matrix that is run by itself, as it goes over the wire and as {@code schedule list --json} prints it.
 *
 * @param matrix its name
 * @param file where it lies
 * @param cron in Quartz's format
 * @param zone the expression's time zone
 * @param next the next times, the earliest first
 * @param paused whether nothing becomes of them until it is resumed
 * @param problem why its file makes no sense, so that it counts as it was before; or null
 */
public record ScheduleLine(
        String matrix,
        String file,
        String cron,
        String zone,
        List<Instant> next,
        boolean paused,
        @Nullable String problem) {}
