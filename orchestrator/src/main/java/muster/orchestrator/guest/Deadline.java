package muster.orchestrator.guest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A moment until which something is waited for, by the monotonic clock: neither a set clock nor a time zone moves it. */
public final class Deadline {

    private static final Duration NEVER = Duration.ofDays(36_500);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** That much from now; at most a hundred years. */
    public static Deadline in(Duration limit) {
        Duration held = limit.compareTo(NEVER) > 0 ? NEVER : limit;
        return new Deadline(System.nanoTime() + held.toNanos());
    }

    public boolean passed() {
        return left().isZero();
    }

    /** What is left until then; zero once it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Whichever comes first. */
    public Deadline orIn(Duration limit) {
        return left().compareTo(limit) < 0 ? this : in(limit);
    }

    /**
     * Looks again and again, for what nothing announces (another program's file, a process that is not our child), until
     * it holds or this has passed.
     *
     * @return whether it came to hold
     */
    public boolean await(Duration pause, BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            if (passed()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(pause.toNanos(), left().toNanos()));
        }
        return true;
    }

    /** The same for clean-up: an interrupt does not end it, and is kept for the caller. */
    public boolean awaitUninterruptibly(Duration pause, BooleanSupplier holds) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return await(pause, holds);
                } catch (InterruptedException keep) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
