package muster.reports.site;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time from the left to the right.
 *
 * @param ticks round times in it, at most eight
 */
public record TimeAxis(Instant from, Instant to, List<Tick> ticks) {

    private static final int MOST = 8;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7));

    /**
     * A round time.
     *
     * @param anchor where its text stands: {@code start}, {@code middle} or {@code end} at {@code x}
     * @param roomy whether its text is only for wide screens
     */
    public record Tick(Instant at, String x, String anchor, boolean roomy) {}

    static TimeAxis of(Instant from, Instant to, ZoneId zone) {
        Duration whole = Duration.between(from, to);
        Duration step = STEPS.stream()
                .filter(each -> whole.dividedBy(each) < MOST)
                .findFirst()
                .orElse(whole.plusSeconds(1));
        ZonedDateTime midnight = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        long steps = Duration.between(midnight.toInstant(), from).dividedBy(step);
        List<Tick> ticks = new ArrayList<>();
        for (Instant at = midnight.toInstant().plus(step.multipliedBy(steps)); !at.isAfter(to); at = at.plus(step)) {
            if (!at.isBefore(from)) {
                double place = share(at, from, whole);
                ticks.add(new Tick(
                        at,
                        Percent.of(place, 1),
                        place < 0.05 ? "start" : place > 0.95 ? "end" : "middle",
                        ticks.size() % 3 != 0));
            }
        }
        return new TimeAxis(from, to, ticks);
    }

    String x(Instant at) {
        return Percent.of(share(at, from, Duration.between(from, to)), 1);
    }

    /** From 0 to 1. */
    double share(Instant begin, Instant end) {
        return (double) Duration.between(begin, end).toMillis()
                / Math.max(1, Duration.between(from, to).toMillis());
    }

    private static double share(Instant at, Instant from, Duration whole) {
        return (double) Duration.between(from, at).toMillis() / Math.max(1, whole.toMillis());
    }
}
