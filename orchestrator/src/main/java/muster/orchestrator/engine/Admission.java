package muster.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import muster.orchestrator.run.Capacity;

/**
 * Lets guests in as memory and processors allow: those with the highest priority and rank first, and a smaller one past a bigger one
 * that does not fit yet. One that is to be alone waits until nothing else is at work and nothing else could be let in, and
 * nothing is let in beside it; guests that keep no core busy, such as those kept for a person, do not count. Boots are limited
 * by themselves, for they keep a core busy whatever the suite does later.
 */
public final class Admission implements Capacity {

    private static final Comparator<Need> FIRST = Comparator.comparingInt(Need::priority)
            .thenComparingDouble(Need::rank)
            .reversed();

    private final long memoryBytes;
    private final double cpus;
    private final int boots;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final List<Need> waiting = new ArrayList<>();
    private long memoryTaken;
    private double cpusTaken;
    private int booting;
    private boolean alone;

    /**
     * @param memoryBytes what guests may use together
     * @param cpus how many cores guests may keep busy together
     * @param boots how many guests may boot at once
     */
    public Admission(long memoryBytes, double cpus, int boots) {
        this.memoryBytes = memoryBytes;
        this.cpus = cpus;
        this.boots = boots;
    }

    @Override
    public boolean admits(Need need) {
        return need.memoryBytes() <= memoryBytes && need.cpus() <= cpus + 1e-9;
    }

    @Override
    public Place enter(Need need, Runnable mustWait) throws InterruptedException {
        if (!admits(need)) {
            throw new IllegalArgumentException("cannot ever admit " + need);
        }
        lock.lockInterruptibly();
        try {
            waiting.add(need);
            waiting.sort(FIRST);
            changed.signalAll();
            try {
                if (!isNext(need)) {
                    mustWait.run();
                }
                while (!isNext(need)) {
                    changed.await();
                }
                take(need);
            } finally {
                waiting.remove(need);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return new Taken(() -> giveBack(need));
    }

    @Override
    public Place enterRunning(Need need) {
        lock.lock();
        try {
            take(need);
        } finally {
            lock.unlock();
        }
        return new Taken(() -> giveBack(need));
    }

    private void take(Need need) {
        memoryTaken += need.memoryBytes();
        cpusTaken += need.cpus();
        alone |= need.alone();
    }

    private void giveBack(Need need) {
        memoryTaken -= need.memoryBytes();
        cpusTaken -= need.cpus();
        alone &= !need.alone();
    }

    @Override
    public Place boot() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (booting >= boots) {
                changed.await();
            }
            booting++;
        } finally {
            lock.unlock();
        }
        return new Taken(() -> booting--);
    }

    private boolean fits(Need need) {
        return !alone
                && (!need.alone() || cpusTaken < 1e-9)
                && memoryTaken + need.memoryBytes() <= memoryBytes
                && cpusTaken + need.cpus() <= cpus + 1e-9;
    }

    private boolean isNext(Need need) {
        return waiting.stream()
                .filter(this::fits)
                .findFirst()
                .filter(need::equals)
                .isPresent();
    }

    private final class Taken implements Place {
        private final Runnable giveBack;
        private boolean open = true;

        Taken(Runnable giveBack) {
            this.giveBack = giveBack;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    giveBack.run();
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
