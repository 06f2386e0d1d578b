package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import muster.orchestrator.guest.FarmFailed;
import org.jspecify.annotations.Nullable;

/**
 * What a driver has found out about its host: once for all threads, until it is to be found out anew.
 *
 * @param <T> what it knows then
 */
public final class Settled<T> {

    private final SetUp<T> setUp;
    private final ReentrantLock settling = new ReentrantLock();
    private @Nullable T settled;

    /** How it is found out; what takes long is remembered on disk. */
    public interface SetUp<T> {

        /** @throws FarmFailed when guests of this kind cannot run here */
        T settle() throws FarmFailed, InterruptedException;

        /** Forgets what is remembered on disk. */
        void forget() throws IOException;
    }

    public Settled(SetUp<T> setUp) {
        this.setUp = setUp;
    }

    /** What is known, found out first where it is not. */
    public T get() throws FarmFailed, InterruptedException {
        settling.lockInterruptibly();
        try {
            T known = settled;
            if (known == null) {
                known = setUp.settle();
                settled = known;
            }
            return known;
        } finally {
            settling.unlock();
        }
    }

    /** What is known; only after {@link #get}. */
    public T known() {
        settling.lock();
        try {
            return Objects.requireNonNull(settled, "not set up");
        } finally {
            settling.unlock();
        }
    }

    /** From now on nothing is known, on disk neither. */
    public void forget() throws IOException {
        settling.lock();
        try {
            settled = null;
            setUp.forget();
        } finally {
            settling.unlock();
        }
    }
}
