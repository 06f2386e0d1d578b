package muster.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import muster.orchestrator.config.Durations;
import org.jspecify.annotations.Nullable;

/**
 * What is to come of a cell that has not ended.
 *
 * @param waits a sentence that says why it has not begun, without a full stop; empty where it has
 * @param starts when it will likely begin; null where it has, or nobody can know
 * @param ends when it will likely have ended, or null where nobody can know
 */
public record Outlook(
        String waits, @Nullable Span starts, @Nullable Span ends) {

    /** Somewhere between two times: as it usually is, and as nine of ten times are not later. */
    public record Span(Instant from, Instant by) {

        /** As a person says it, e.g. {@code in 10m to 25m}. */
        public String words(Instant now) {
            String soonest = rough(Duration.between(now, from));
            String latest = rough(Duration.between(now, by));
            return soonest.equals(latest) ? "in about " + latest : "in " + soonest + " to " + latest;
        }

        /** Nobody can tell the seconds of an hour to come. */
        private static String rough(Duration time) {
            long seconds = Math.max(0, time.toSeconds());
            long step = seconds >= 3600 ? 300 : seconds >= 300 ? 60 : seconds >= 60 ? 10 : 1;
            return Durations.format(Duration.ofSeconds((seconds + step / 2) / step * step));
        }
    }

    /** When the last of several will likely have ended; null where that of one is not known. */
    public static @Nullable Span endOf(Collection<? extends @Nullable Span> ends) {
        Span last = null;
        for (Span each : ends) {
            if (each == null) {
                return null;
            }
            last = last == null ? each : new Span(later(last.from(), each.from()), later(last.by(), each.by()));
        }
        return last;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Why it waits and until when, likely; empty where it has begun. */
    public String sentence(Instant now) {
        return sentence(waits, starts, now);
    }

    /** The same of the parts. */
    public static String sentence(String waits, @Nullable Span starts, Instant now) {
        return waits.isEmpty()
                ? ""
                : waits
                        + (starts == null
                                ? "; nobody can know when it begins"
                                : "; likely begins " + starts.words(now));
    }
}
