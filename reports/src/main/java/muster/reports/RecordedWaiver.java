package muster.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A waiver as the store has it. What was recorded never changes; a waiver that is withdrawn stays, and says so.
 *
 * @param number its row, from 1; 0 where it came with a run from another store, and is of that run alone
 * @param author who recorded it
 * @param at when
 * @param file the file that it was imported from, or null where a person recorded it by command
 * @param withdrawn how it was ended before its day, or null
 */
public record RecordedWaiver(
        long number,
        Waiver waiver,
        String author,
        Instant at,
        @Nullable String file,
        @Nullable Withdrawal withdrawn) {

    /** Who ended a waiver before its day, when and why. */
    public record Withdrawal(String author, Instant at, String reason) {}

    /** How a waiver stands at a moment. */
    public enum Standing {
        /** It is not yet recorded, or its first day is yet to come. */
        TO_COME,
        HOLDS,
        /** Its failures count again. */
        EXPIRED,
        WITHDRAWN
    }

    /** @param zone that in which days begin */
    public Standing stands(Instant moment, ZoneId zone) {
        Withdrawal ended = withdrawn;
        if (ended != null && !ended.at().isAfter(moment)) {
            return Standing.WITHDRAWN;
        }
        LocalDate day = LocalDate.ofInstant(moment, zone);
        LocalDate last = waiver.expires();
        if (at.isAfter(moment) || day.isBefore(waiver.since())) {
            return Standing.TO_COME;
        }
        return last != null && day.isAfter(last) ? Standing.EXPIRED : Standing.HOLDS;
    }

    /** Whether it holds at a moment, and no more {@code days} later. */
    public boolean expiresWithin(int days, Instant moment, ZoneId zone) {
        LocalDate last = waiver.expires();
        return stands(moment, zone) == Standing.HOLDS
                && last != null
                && !LocalDate.ofInstant(moment, zone).plusDays(days).isBefore(last);
    }
}
