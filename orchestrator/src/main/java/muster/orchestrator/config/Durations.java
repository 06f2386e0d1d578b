package muster.orchestrator.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
public final class Durations {

    private static final Pattern FORM =
            Pattern.compile("(?=.)(?:([1-9][0-9]{0,4})h)?(?:([1-9][0-9]{0,5})m)?(?:([1-9][0-9]{0,6})s)?");

    private Durations() {}

    /** @throws IllegalArgumentException when it is none, with a message for people */
    public static Duration parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "cannot read the duration " + Words.quoted(text) + ": expected one such as 90s, 5m or 1h30m");
        }
        return Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The shortest form of it, to the second: {@code 1h30m}, {@code 1m30s}, {@code 0s}. */
    public static String format(Duration duration) {
        long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
        if (seconds == 0) {
            return "0s";
        }
        return part(seconds / 3600, "h") + part(seconds / 60 % 60, "m") + part(seconds % 60, "s");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
