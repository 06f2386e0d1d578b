package muster.orchestrator.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.run.Capacity;
import org.jspecify.annotations.Nullable;

/**
 * Lets guests in as memory and processors allow: those with the highest priority and rank first, and a smaller one past a bigger one
 * that does not fit yet. One that is to be alone waits until nothing else is at work and nothing else could be let in, and
 * nothing is let in beside it; guests that keep no core busy, such as those kept for a person, do not count. Boots are limited
 * by themselves, for they keep a core busy whatever the suite does later. Guests that boot ahead of their attempts have what
 * nobody needs, and are asked to give it back as soon as somebody does.
 */
public final class Admission implements Capacity {

    /** Who goes first. */
    static final Comparator<Need> FIRST = Comparator.comparingInt(Need::priority)
            .thenComparingDouble(Need::rank)
            .reversed();

    /** How often one that waits for nothing but memory pressure looks again. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final double ROUNDING = 1e-9;

    /** For what guests have had to wait, and how often. */
    private final Map<Lack, LongAdder> waits = new ConcurrentHashMap<>();

    private final long memoryBytes;
    private final double cpus;
    private final int boots;
    private final MemoryPressure pressure;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final List<Need> waiting = new ArrayList<>();
    private Borrower borrower = new NoBorrower();
    private long memoryTaken;
    private long memoryLent;
    private double cpusTaken;
    private int booting;
    private int waitingToBoot;
    private boolean alone;
    private Predicate<Need> held = need -> false;
    private final List<Reservation.Running> running = new ArrayList<>();
    private @Nullable Clock clock;
    private @Nullable Need next;
    private boolean nextKnown;
    private volatile Supplier<Optional<String>> closed = Optional::empty;

    /** On a host that is never short of memory otherwise. */
    public Admission(long memoryBytes, double cpus, int boots) {
        this(memoryBytes, cpus, boots, MemoryPressure.NONE);
    }

    /**
     * @param memoryBytes what guests may use together
     * @param cpus how many cores guests may keep busy together
     * @param boots how many guests may boot at once
     * @param pressure stops new guests, whatever the others say
     */
    public Admission(long memoryBytes, double cpus, int boots, MemoryPressure pressure) {
        this.memoryBytes = memoryBytes;
        this.cpus = cpus;
        this.boots = boots;
        this.pressure = pressure;
    }

    /** From now on nothing new is let in while this says why; it is asked often and by many. */
    void closedWhile(Supplier<Optional<String>> why) {
        closed = why;
    }

    /** Why nothing new is let in, a few words; empty where it is. */
    Optional<String> closed() {
        return closed.get().map(Admission::waitsForRoom);
    }

    /** How often guests had to wait for each of what they may wait for, by its word. */
    Map<String, Long> waits() {
        Map<String, Long> counts = new TreeMap<>();
        for (Lack lack : Lack.values()) {
            counts.put(lack.word, waits.getOrDefault(lack, new LongAdder()).sum());
        }
        return counts;
    }

    private void waited(Lack lack) {
        waits.computeIfAbsent(lack, _ -> new LongAdder()).increment();
    }

    @Override
    public void awaitRoom(Consumer<String> telling) throws InterruptedException {
        boolean told = false;
        for (Optional<String> why = closed.get(); why.isPresent(); why = closed.get()) {
            if (!told) {
                waited(Lack.ROOM);
                telling.accept(waitsForRoom(why.get()));
                told = true;
            }
            lock.lockInterruptibly();
            try {
                changed.awaitNanos(BEAT.toNanos());
            } finally {
                lock.unlock();
            }
        }
    }

    private static String waitsForRoom(String why) {
        return "waits for room on the disk: " + why;
    }

    @Override
    public boolean admits(Need need) {
        return need.memoryBytes() <= memoryBytes && need.cpus() <= cpus + ROUNDING;
    }

    @Override
    public Place enter(Need need, Consumer<String> waits) throws InterruptedException {
        if (!admits(need)) {
            throw new IllegalArgumentException("cannot ever admit " + need);
        }
        Runnable ending;
        lock.lockInterruptibly();
        try {
            waiting.add(need);
            waiting.sort(FIRST);
            changed();
            try {
                await(need, waits);
                take(need);
            } finally {
                waiting.remove(need);
                changed();
            }
            ending = makeRoom(need);
        } finally {
            lock.unlock();
        }
        ending.run();
        return new Taken(() -> giveBack(need));
    }

    private void await(Need need, Consumer<String> waits) throws InterruptedException {
        Optional<Obstacle> told = Optional.empty();
        for (Optional<Obstacle> now = obstacle(need); now.isPresent(); now = obstacle(need)) {
            Lack lack = now.get().kind();
            if (told.isEmpty() || told.get().kind() != lack) {
                waited(lack);
                waits.accept(now.get().words());
                told = now;
            }
            if (lack == Lack.A_PLACE) {
                changed.await();
            } else {
                changed.awaitNanos(BEAT.toNanos());
            }
        }
    }

    /** What one may wait for. */
    private enum Lack {
        A_PLACE("place"),
        UNPRESSED_MEMORY("memory-pressure"),
        ROOM("disk");

        private final String word;

        Lack(String word) {
            this.word = word;
        }
    }

    private record Obstacle(Lack kind, String words) {}

    private Optional<Obstacle> obstacle(Need need) {
        if (!isNext(need)) {
            return Optional.of(new Obstacle(Lack.A_PLACE, need.waiting()));
        }
        Optional<String> why = closed.get();
        if (why.isPresent()) {
            return Optional.of(new Obstacle(Lack.ROOM, waitsForRoom(why.get())));
        }
        return pressure.now()
                .map(words -> new Obstacle(Lack.UNPRESSED_MEMORY, "waiting until memory is in less demand: " + words));
    }

    /** Gets back what is lent and needed now; what is returned ends the guests that had it. */
    private Runnable makeRoom(Need need) {
        borrower.letIn(need);
        long lacking = memoryTaken + memoryLent - memoryBytes;
        if (need.alone()) {
            borrower.stopBooting();
        }
        return lacking > 0 ? borrower.giveBack(lacking) : () -> {};
    }

    @Override
    public Place enterRunning(Need need) {
        Runnable ending;
        lock.lock();
        try {
            take(need);
            ending = makeRoom(need);
        } finally {
            lock.unlock();
        }
        ending.run();
        return new Taken(() -> giveBack(need));
    }

    @Override
    public Optional<Place> enterAhead(Need need) {
        lock.lock();
        try {
            boolean spare = !alone
                    && waiting.stream()
                            .noneMatch(each -> each.alone() || memoryTaken + each.memoryBytes() > memoryBytes)
                    && memoryTaken + memoryLent + need.memoryBytes() <= memoryBytes
                    && closed.get().isEmpty()
                    && pressure.now().isEmpty();
            if (!spare) {
                return Optional.empty();
            }
            memoryLent += need.memoryBytes();
        } finally {
            lock.unlock();
        }
        return Optional.of(new Taken(() -> memoryLent -= need.memoryBytes()));
    }

    @Override
    public Optional<Place> bootAhead() {
        lock.lock();
        try {
            if (booting >= boots || waitingToBoot > 0) {
                return Optional.empty();
            }
            booting++;
        } finally {
            lock.unlock();
        }
        return Optional.of(new Taken(() -> booting--));
    }

    @Override
    public Optional<String> pressure() {
        return pressure.now();
    }

    @Override
    public void lendsTo(Borrower whom) {
        lock.lock();
        try {
            borrower = whom;
        } finally {
            lock.unlock();
        }
    }

    /** What guests take of what they may. */
    record Load(long memoryTaken, long memoryBytes, double cpusTaken, double cpus) {}

    Load load() {
        lock.lock();
        try {
            return new Load(memoryTaken, memoryBytes, cpusTaken, cpus);
        } finally {
            lock.unlock();
        }
    }

    private void take(Need need) {
        if (clock != null) {
            running.add(new Reservation.Running(need, clock.instant()));
        }
        memoryTaken += need.memoryBytes();
        cpusTaken += need.cpus();
        alone |= need.alone();
        nextKnown = false;
    }

    private void giveBack(Need need) {
        running.stream().filter(each -> each.need().equals(need)).findFirst().ifPresent(running::remove);
        memoryTaken -= need.memoryBytes();
        cpusTaken -= need.cpus();
        alone &= !need.alone();
    }

    @Override
    public Place boot() throws InterruptedException {
        lock.lockInterruptibly();
        waitingToBoot++;
        try {
            if (booting >= boots) {
                borrower.stopBooting();
            }
            while (booting >= boots) {
                changed.await();
            }
            booting++;
        } finally {
            waitingToBoot--;
            lock.unlock();
        }
        return new Taken(() -> booting--);
    }

    /** From now on room is kept for the first one that does not fit, see {@link Reservation}. */
    Admission reserving(Clock byClock) {
        clock = byClock;
        return this;
    }

    /** From now on these are not let in; what is in stays. */
    public void hold(Predicate<Need> holding) {
        lock.lock();
        try {
            held = holding;
            changed();
        } finally {
            lock.unlock();
        }
    }

    /** What is left: memory and processors that no guest has. */
    public FarmConfig.Budget free() {
        lock.lock();
        try {
            return new FarmConfig.Budget(memoryBytes - memoryTaken, cpus - cpusTaken);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait here where none of them is about to go on; -1 where one is. */
    int stuck() {
        lock.lock();
        try {
            if (!nextKnown) {
                next = findNext();
                nextKnown = true;
            }
            boolean goesOn = next != null || (waitingToBoot > 0 && booting < boots);
            return goesOn ? -1 : waiting.size() + waitingToBoot;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Need need) {
        return !alone
                && !held.test(need)
                && (!need.alone() || cpusTaken < ROUNDING)
                && memoryTaken + need.memoryBytes() <= memoryBytes
                && cpusTaken + need.cpus() <= cpus + ROUNDING;
    }

    private boolean isNext(Need need) {
        if (!nextKnown) {
            next = findNext();
            nextKnown = true;
        }
        return need.equals(next);
    }

    private @Nullable Need findNext() {
        Reservation reserved = null;
        Instant now = clock == null ? null : clock.instant();
        for (Need each : waiting) {
            if (fits(each)) {
                if (reserved == null || now == null || reserved.allows(each, now)) {
                    return each;
                }
            } else if (reserved == null && now != null && !each.alone() && !held.test(each)) {
                reserved = Reservation.of(
                        each, running, new FarmConfig.Budget(memoryBytes - memoryTaken, cpus - cpusTaken), now);
            }
        }
        return null;
    }

    /** Something has changed; thousands that wait are not woken for nothing. */
    private void changed() {
        next = findNext();
        nextKnown = true;
        if (waitingToBoot > 0 || next != null) {
            changed.signalAll();
        }
    }

    /** Nothing was lent. */
    private static final class NoBorrower implements Borrower {
        @Override
        public void letIn(Need need) {}

        @Override
        public Runnable giveBack(long bytes) {
            return () -> {};
        }

        @Override
        public void stopBooting() {}
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
                    changed();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
