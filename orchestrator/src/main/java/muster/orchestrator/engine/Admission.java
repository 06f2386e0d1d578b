package muster.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import muster.orchestrator.run.Capacity;

/**
 * Lets guests in as memory and processors allow: those with the highest rank first, and a smaller one past a bigger one
 * that does not fit yet. Boots are limited by themselves, for they keep a core busy whatever the suite does later.
 */
public final class Admission implements Capacity {

    private final long memoryBytes;
    private final double cpus;
    private final int boots;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final List<Need> waiting = new ArrayList<>();
    private long memoryTaken;
    private double cpusTaken;
    private int booting;

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
            waiting.sort(Comparator.comparingDouble(Need::rank).reversed());
            changed.signalAll();
            try {
                if (!isNext(need)) {
                    mustWait.run();
                }
                while (!isNext(need)) {
                    changed.await();
                }
                memoryTaken += need.memoryBytes();
                cpusTaken += need.cpus();
            } finally {
                waiting.remove(need);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return new Taken(() -> {
            memoryTaken -= need.memoryBytes();
            cpusTaken -= need.cpus();
        });
    }

    @Override
    public Place enterRunning(Need need) {
        lock.lock();
        try {
            memoryTaken += need.memoryBytes();
            cpusTaken += need.cpus();
        } finally {
            lock.unlock();
        }
        return new Taken(() -> {
            memoryTaken -= need.memoryBytes();
            cpusTaken -= need.cpus();
        });
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
        return memoryTaken + need.memoryBytes() <= memoryBytes && cpusTaken + need.cpus() <= cpus + 1e-9;
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
