package muster.orchestrator.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Points in time, as people write them. */
final class PointsInTime {

    private PointsInTime() {}

    /**
     * Reads {@code 22:30}, which is the next one to come, {@code 2026-12-24T22:30}, or an ISO instant.
     *
     * @param zone of what names none
     * @throws Refusal when it is none of them, or has passed
     */
    static Instant parse(String text, Instant now, ZoneId zone) throws Refusal {
        Instant read = read(text, now, zone);
        if (read == null) {
            throw Refusal.usage("cannot read the time '" + text
                    + "': expected one such as 22:30, 2026-12-24T22:30 or 2026-12-24T21:30:00Z");
        }
        if (read.isBefore(now)) {
            throw Refusal.usage("cannot begin at " + text + ": it has passed; name a time that is to come");
        }
        return read;
    }

    private static @Nullable Instant read(String text, Instant now, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                ZonedDateTime today = now.atZone(zone).with(LocalTime.parse(text));
                return (today.toInstant().isBefore(now) ? today.plusDays(1) : today).toInstant();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
