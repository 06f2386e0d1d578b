package muster.reports.site;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Times and durations for people, in the farm's zone. */
public final class Times {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(java.time.ZoneOffset.UTC);

    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code Tue 4 Aug 2026}. */
    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    /** {@code Tue 4 Aug 2026, 01:30}. */
    public String minute(Instant instant) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** {@code 01:30:12}. */
    public String second(Instant instant) {
        return SECOND.format(instant.atZone(zone));
    }

    /** {@code 2026-08-03 23:30:12 UTC}. */
    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** The zone in words: {@code Central European Time (Europe/Berlin)}. */
    public String zone() {
        String name = zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return name.equals(zone.getId()) ? name : name + " (" + zone.getId() + ")";
    }

    /** The two largest units: {@code 340 ms}, {@code 4.2 s}, {@code 37 s}, {@code 4 min 12 s}, {@code 2 h 5 min}. */
    public String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.isNegative()) {
            return "0 s";
        } else if (seconds < 1) {
            return duration.toMillis() + " ms";
        } else if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(duration.toMillis() / 100.0) / 10);
        } else if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3_600) {
            return seconds / 60 + " min" + rest(seconds % 60, "s");
        } else if (seconds < 86_400) {
            return seconds / 3_600 + " h" + rest(seconds / 60 % 60, "min");
        }
        return seconds / 86_400 + " d" + rest(seconds / 3_600 % 24, "h");
    }

    /** From one instant to another, as {@link #duration}. */
    public String between(Instant from, Instant to) {
        return duration(Duration.between(from, to));
    }

    private static String rest(long amount, String unit) {
        return amount == 0 ? "" : " " + amount + " " + unit;
    }
}
