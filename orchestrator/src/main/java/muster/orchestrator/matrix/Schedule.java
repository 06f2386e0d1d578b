package muster.orchestrator.matrix;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import muster.orchestrator.config.Text;
import org.jspecify.annotations.Nullable;

/**
 * When a matrix is run by itself.
 *
 * @param cron a cron expression in Quartz's format, with its place
 * @param zone the time zone that it is meant in
 * @param missed what becomes of a time at which no service was at work
 * @param unfinished what becomes of a time at which its last run has not ended
 * @param within how long after it was queued a run is late, or null for never
 */
public record Schedule(
        Text cron,
        ZoneId zone,
        Missed missed,
        Unfinished unfinished,
        @Nullable Duration within) {

    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss", Locale.ENGLISH);

    /** A time as people read it, in the schedule's own zone. */
    public String words(Instant time) {
        return WORDS.format(time.atZone(zone)) + " (" + zone.getId() + ")";
    }

    /** What becomes of times that were missed. */
    public enum Missed {
        /** One run as soon as a service is at work, however many were missed. */
        RUN_ONCE,
        /** Nothing. */
        SKIP
    }

    /** What becomes of the next run where the last one still runs. */
    public enum Unfinished {
        /** It is left out. */
        SKIP,
        /** It begins when the last one has ended. */
        QUEUE,
        /** The last one is cancelled for it. */
        REPLACE
    }

    /** The value whose name a file writes in small letters, with hyphens. */
    static <E extends Enum<E>> E value(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value ->
                        value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
                .findFirst()
                .orElseThrow();
    }
}
