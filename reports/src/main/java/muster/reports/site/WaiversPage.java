package muster.reports.site;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import muster.reports.FurtherInformation;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Standing;

/**
 * What people accept, and what waits for them.
 *
 * @param rows those that have expired first, then those that expire soon, those that hold, and those that are over
 * @param further cases whose results a person decides, the open ones first
 * @param soon within how many days a waiver is said to expire soon
 */
public record WaiversPage(List<Row> rows, List<FurtherInformation> further, int soon, Instant asOf) {

    /** A month: time enough to look again. */
    static final int SOON_DAYS = 30;

    /** A waiver and how it stands. */
    public record Row(RecordedWaiver recorded, State state) {}

    static WaiversPage of(List<RecordedWaiver> all, List<FurtherInformation> further, Instant now, ZoneId zone) {
        List<Row> rows = new ArrayList<>();
        for (RecordedWaiver waiver : all) {
            rows.add(new Row(waiver, state(waiver, now, zone)));
        }
        rows.sort(Comparator.comparingInt((Row row) -> place(row.state()))
                .thenComparingLong(row -> row.recorded().number()));
        List<FurtherInformation> cases = new ArrayList<>(further);
        cases.sort(Comparator.comparing((FurtherInformation each) -> each.resolution() != null)
                .thenComparing(FurtherInformation::lane)
                .thenComparing(FurtherInformation::name));
        return new WaiversPage(rows, cases, SOON_DAYS, now);
    }

    private static State state(RecordedWaiver waiver, Instant now, ZoneId zone) {
        Standing standing = waiver.stands(now, zone);
        return switch (standing) {
            case EXPIRED -> new State("bad", "expired");
            case HOLDS ->
                waiver.expiresWithin(SOON_DAYS, now, zone)
                        ? new State("reported", "expires soon")
                        : new State("good", "holds");
            case TO_COME -> new State("queued", "to come");
            case WITHDRAWN -> new State("none", "withdrawn");
        };
    }

    private static int place(State state) {
        return List.of("bad", "reported", "good", "queued", "none").indexOf(state.kind());
    }
}
