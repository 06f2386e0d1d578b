package muster.orchestrator.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a farm looks after its home, as it goes over the wire.
 *
 * @param stopped why cells do not begin, a sentence, or empty where they do
 * @param diskFree what the disk of the home has left, in bytes
 * @param diskSize how much it holds
 * @param diskLeast what is to be left on it
 * @param last what was removed last, or null where nothing was yet
 * @param next when that is done next, or null where it is not by itself
 */
public record UpkeepLine(
        String stopped,
        long diskFree,
        long diskSize,
        long diskLeast,
        @Nullable Tidied last,
        @Nullable Instant next) {}
