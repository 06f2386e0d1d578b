package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import muster.orchestrator.config.Durations;
import muster.orchestrator.run.CellStatus;

/** Progress where there is no terminal: one line per event. */
final class EventLines {

    private final PrintWriter out;
    private final Clock clock;
    private final ZoneId zone;

    EventLines(PrintWriter out, Clock clock, ZoneId zone) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
    }

    synchronized void print(CellStatus status) {
        out.println(line(status));
        out.flush();
    }

    private String line(CellStatus status) {
        String time = LocalTime.ofInstant(clock.instant(), zone)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
        StringBuilder line = new StringBuilder(time)
                .append(' ')
                .append(Words.harmless(status.label()))
                .append(' ');
        if (status.outcome() == null) {
            line.append(status.step().word());
            if (!status.remarks().isEmpty()) {
                line.append(": ").append(Words.harmless(status.remarks()));
            }
            return line.toString();
        }
        Duration took = status.elapsed(clock.instant());
        line.append(status.outcome().word()).append(" after ").append(Durations.format(took));
        if (status.counts().total() > 0) {
            line.append(": ").append(Words.of(status.counts()));
        }
        if (!status.why().isEmpty()) {
            line.append(" (")
                    .append(Words.harmless(status.why()).lines().findFirst().orElse(""))
                    .append(')');
        }
        return line.toString();
    }
}
