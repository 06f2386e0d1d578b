package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Capacity.Owner;
import muster.reports.CellKey;

/** Why cells wait that are queued, in words for people. */
public final class QueueWords {

    private final Home home;
    private final ZoneId zone;

    /** @param home in which nobody works */
    public QueueWords(Home home, ZoneId zone) {
        this.home = home;
        this.zone = zone;
    }

    /** Why a cell that has not begun waits in a home in which nobody works. */
    public String waits(long run, CellKey cell, Instant now) throws IOException {
        String also = "";
        Instant from = RunRecord.place(home.run(run)).notBefore();
        if (new Holds(home, List.of(run), () -> {}).isHeld(new Owner(run, cell))) {
            also = ", and is " + held(run);
        } else if (from != null && from.isAfter(now)) {
            also = ", and " + notBefore(from, zone);
        }
        return "waits for the next 'muster serve' or 'muster run'" + also;
    }

    static String held(long run) {
        return "held by a person until 'muster release " + run + "'";
    }

    static String notBefore(Instant from, ZoneId zone) {
        return "is not to begin before " + from.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
    }
}
