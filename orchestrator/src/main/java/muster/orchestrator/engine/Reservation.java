package muster.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import muster.orchestrator.config.FarmConfig.Budget;
import muster.orchestrator.run.Capacity.Need;

/**
 * Room that is kept for the first one that does not fit yet: smaller ones pass it only where, by all that is known, they do
 * not make it wait longer. Without it one with much memory would wait until nothing else is left.
 *
 * @param from when there will be room for it
 * @param beside what will be left then, beside it
 */
record Reservation(Instant from, Budget beside) {

    private static final double ROUNDING = 1e-9;

    /** The least that one whose time is up, or of which nothing is known, is expected to take still. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /**
     * One that runs.
     *
     * @param since when it was let in
     */
    record Running(Need need, Instant since) {

        /**
         * When it will have ended: one whose time is up takes a tenth more than it had, one of which nothing is known as long
         * again.
         */
        Instant end(Instant now) {
            Instant due = plus(since, need.rank());
            boolean known = need.rank() > 0 && due.isBefore(Instant.MAX);
            if (known && due.isAfter(now)) {
                return due;
            }
            Duration had = Duration.between(since, now);
            Duration more = known ? had.dividedBy(10) : had;
            return now.plus(more.compareTo(MOMENT) < 0 ? MOMENT : more);
        }
    }

    /**
     * @param free what is left now
     */
    static Reservation of(Need first, Collection<Running> running, Budget free, Instant now) {
        record Ending(Need need, Instant at) {}
        List<Ending> endings = running.stream()
                .map(each -> new Ending(each.need(), each.end(now)))
                .sorted(Comparator.comparing(Ending::at))
                .toList();
        long memory = free.memoryBytes();
        double cpus = free.cpus();
        Instant from = now;
        for (Ending ending : endings) {
            if (fits(first, new Budget(memory, cpus))) {
                break;
            }
            from = ending.at();
            memory += ending.need().memoryBytes();
            cpus += ending.need().cpus();
        }
        return new Reservation(from, new Budget(memory - first.memoryBytes(), cpus - first.cpus()));
    }

    /** Whether another one, which fits now, does not delay the first. */
    boolean allows(Need other, Instant now) {
        return !plus(now, other.rank()).isAfter(from) || fits(other, beside);
    }

    private static boolean fits(Need need, Budget room) {
        return need.memoryBytes() <= room.memoryBytes() && need.cpus() <= room.cpus() + ROUNDING;
    }

    private static Instant plus(Instant from, double seconds) {
        return seconds > Duration.ofDays(365).toSeconds() ? Instant.MAX : from.plusMillis((long) (seconds * 1000));
    }
}
