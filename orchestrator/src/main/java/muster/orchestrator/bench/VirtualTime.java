package muster.orchestrator.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * A clock that stands still while anybody works, and then goes at once to the next time that somebody waits for. Safe for
 * many threads.
 */
public final class VirtualTime extends Clock {

    /** How long the thread that turns the clock rests, in nanoseconds, before it looks again whether all others wait. */
    private static final long LOOK = 20_000;

    private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
    private Instant now;
    private long changes;

    public VirtualTime(Instant now) {
        this.now = now;
    }

    private record Sleeper(Instant until, long order, CountDownLatch over) implements Comparable<Sleeper> {
        @Override
        public int compareTo(Sleeper other) {
            int byTime = until.compareTo(other.until);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    /** Waits until that much time has passed on this clock. */
    public void sleep(Duration time) throws InterruptedException {
        Sleeper sleeper;
        synchronized (this) {
            changes++;
            sleeper = new Sleeper(now.plus(time), changes, new CountDownLatch(1));
            sleepers.add(sleeper);
        }
        try {
            sleeper.over.await();
        } finally {
            synchronized (this) {
                changes += sleepers.remove(sleeper) ? 1 : 0;
            }
        }
    }

    /**
     * Turns the clock whenever all others wait, to a time, or until nobody works any more.
     *
     * @param waits whether everything under way waits, where that many wait for this clock
     * @param works whether anything is still under way
     */
    void turn(Instant until, IntPredicate waits, BooleanSupplier works) {
        while (works.getAsBoolean() && instant().isBefore(until)) {
            if (!step(until, waits)) {
                LockSupport.parkNanos(LOOK);
            }
        }
    }

    /** Goes to the next time that somebody waits for; false where not all others wait, or nobody for a time. */
    private boolean step(Instant until, IntPredicate waits) {
        long before;
        int sleeping;
        synchronized (this) {
            before = changes;
            sleeping = sleepers.size();
        }
        // Asked without the lock: it has locks of its own. Whoever wakes or falls asleep meanwhile is seen by the
        // count.
        boolean all = sleeping > 0 && waits.test(sleeping);
        synchronized (this) {
            if (!all || before != changes) {
                return false;
            }
            if (sleepers.element().until.isAfter(until)) {
                now = until;
                return true;
            }
            Sleeper first = sleepers.remove();
            changes++;
            now = first.until;
            first.over.countDown();
            return true;
        }
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("its zone is UTC");
    }
}
