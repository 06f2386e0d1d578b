package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.Movable;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guests that were booted ahead, for attempts that wait to be let in: of the same driver, image and shape, each with an identity
 * of its own, and nothing has run in them. There are never more than the farm's rules allow nor than attempts that wait for one;
 * they take only memory and turns to boot that nobody needs, and give both back as soon as somebody does; one that has
 * become too old is ended. All of them lie in folders of one place in the home, which the next orchestrator clears.
 */
public final class WarmPool implements Capacity.Borrower, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** An image of which a guest did not become ready is left to its attempts for so long. */
    private static final Duration REST = Duration.ofMinutes(5);

    private static final Comparator<Wish> FIRST = Comparator.<Wish>comparingInt(wish -> wish.need.priority())
            .thenComparingDouble(wish -> wish.need.rank())
            .reversed();

    private final Rules rules;
    private final Map<String, GuestDriver> drivers;
    private final Capacity capacity;
    private final Path place;
    private final Clock clock;
    private final List<Wish> wishes = new ArrayList<>();
    private final List<GuestAhead> guests = new ArrayList<>();
    private final Map<Kind, Instant> resting = new HashMap<>();
    private @Nullable Work work;
    private @Nullable Thread tending;
    private boolean closed;

    /**
     * How many there may be.
     *
     * @param guests at most; 0: none at all
     * @param memoryBytes what they may take together
     * @param age how old one may become
     */
    public record Rules(int guests, long memoryBytes, Duration age) {
        public static final Rules NONE = new Rules(0, 0, Duration.ZERO);
    }

    /** One guest of a kind is as good as another. */
    record Kind(String driver, String image, Path disk, Cell.Shape shape) {
        static Kind of(Boots.Order order) {
            return new Kind(order.driver(), order.image().name(), order.disk(), order.shape());
        }
    }

    /** How a guest is booted, and its image kept meanwhile. */
    interface Work {

        /** Boots in the order's folder; ends what it began when it is interrupted or fails. */
        Booted boot(Boots.Order order) throws Exception;

        /** Keeps the order's image as long as its folder is there. */
        void use(Boots.Order order) throws Exception;
    }

    /**
     * @param place where they keep their things, a folder each
     */
    public WarmPool(Rules rules, Map<String, GuestDriver> drivers, Capacity capacity, Path place, Clock clock) {
        this.rules = rules;
        this.drivers = drivers;
        this.capacity = capacity;
        this.place = place;
        this.clock = clock;
    }

    /** Ends the guests that an earlier process of this home booted in a place, and clears it. */
    public static void clear(Path place, Collection<GuestDriver> drivers) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (Stream<Path> folders = Files.list(place)) {
            for (Path folder : folders.toList()) {
                for (GuestDriver driver : drivers) {
                    driver.find(Boots.guestFolder(folder)).ifPresent(Guest::close);
                }
                Folders.delete(folder);
            }
        }
    }

    /** Begins to boot ahead. */
    synchronized void begin(Work with) {
        if (rules.guests() == 0) {
            return;
        }
        work = with;
        capacity.lendsTo(this);
        tending = Thread.ofVirtual().name("guests booted ahead").start(this::tend);
    }

    /** An attempt that waits to be let in, until that is closed. */
    final class Wish implements AutoCloseable {
        private final Kind kind;
        private final Boots.Order order;
        private final Capacity.Need need;
        private final Instant since;
        private boolean letIn;

        Wish(Boots.Order order, Capacity.Need need) {
            this.kind = Kind.of(order);
            this.order = order;
            this.need = need;
            this.since = clock.instant();
        }

        @Override
        public void close() {
            List<GuestAhead> unclaimed;
            synchronized (WarmPool.this) {
                wishes.remove(this);
                unclaimed = take(guest -> guest.promisedTo == this);
            }
            unclaimed.forEach(GuestAhead::end);
        }
    }

    /** Says that an attempt will want a guest like this; close it when it has one, or wants none any more. */
    Wish wish(Boots.Order order, Capacity.Need need) {
        Wish wish = new Wish(order, need);
        if (!order.writeThrough() && drivers.get(order.driver()) instanceof Movable) {
            synchronized (this) {
                wishes.add(wish);
            }
        }
        return wish;
    }

    /**
     * Takes a guest out of the pool for an order, waiting for it where it still boots.
     *
     * @return empty where there is none that answers
     */
    Optional<GuestAhead> claim(Boots.Order order) throws InterruptedException {
        Optional<GuestAhead> claimed;
        synchronized (this) {
            Kind kind = Kind.of(order);
            Predicate<GuestAhead> promised = guest ->
                    guest.promisedTo != null && guest.promisedTo.order.folder().equals(order.folder());
            claimed = order.writeThrough()
                    ? Optional.empty()
                    : guests.stream()
                            .filter(guest -> guest.kind.equals(kind) && !guest.isOld())
                            .filter(promised.or(guest -> guest.promisedTo == null && guest.isReady()))
                            .min(Comparator.comparing(guest -> !promised.test(guest)));
            claimed.ifPresent(guests::remove);
        }
        if (claimed.isEmpty()) {
            return claimed;
        }
        GuestAhead guest = claimed.get();
        boolean answers = false;
        try {
            answers = guest.awaitReady();
        } finally {
            if (answers) {
                guest.leavePool();
            } else {
                guest.end();
            }
        }
        return answers ? claimed : Optional.empty();
    }

    @Override
    public void letIn(Capacity.Need need) {
        GuestAhead promised;
        synchronized (this) {
            Wish wish = wishes.stream()
                    .filter(each -> !each.letIn && each.need.equals(need))
                    .findFirst()
                    .orElse(null);
            if (wish == null) {
                return;
            }
            wish.letIn = true;
            promised = guests.stream()
                    .filter(guest -> guest.promisedTo == null && guest.kind.equals(wish.kind) && !guest.isOld())
                    .min(Comparator.comparing(guest -> !guest.isReady()))
                    .orElse(null);
            if (promised == null) {
                return;
            }
            promised.promisedTo = wish;
        }
        promised.memory.close();
    }

    @Override
    public Runnable giveBack(long bytes) {
        List<GuestAhead> given = new ArrayList<>();
        synchronized (this) {
            long lacking = bytes;
            for (GuestAhead guest : guests.reversed()) {
                if (lacking > 0 && guest.promisedTo == null) {
                    given.add(guest);
                    lacking -= guest.bytes;
                }
            }
            guests.removeAll(given);
        }
        given.forEach(GuestAhead::closePlaces);
        return () -> given.forEach(GuestAhead::end);
    }

    @Override
    public void stopBooting() {
        List<GuestAhead> booting;
        synchronized (this) {
            booting = take(guest -> guest.promisedTo == null && !guest.isReady());
        }
        booting.forEach(GuestAhead::closePlaces);
        Thread.ofVirtual().start(() -> booting.forEach(GuestAhead::end));
    }

    /** How many there are that boot or are ready. */
    public synchronized int size() {
        return guests.size();
    }

    /** How many are ready. */
    synchronized long ready() {
        return guests.stream().filter(GuestAhead::isReady).count();
    }

    private void tend() {
        try {
            while (true) {
                try {
                    look();
                } catch (RuntimeException broken) {
                    LOG.error("cannot look after guests that were booted ahead; trying again", broken);
                }
                TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
            }
        } catch (InterruptedException done) {
            LOG.debug("no longer booting ahead");
        }
    }

    /** Ends what is old, dead, in the way or wanted by nobody, then boots one more where there is room. */
    void look() {
        boolean pressed = capacity.pressure().isPresent();
        List<GuestAhead> useless;
        synchronized (this) {
            Map<Kind, Integer> wanted = new HashMap<>();
            wishes.stream().filter(wish -> !wish.letIn).forEach(wish -> wanted.merge(wish.kind, 1, Integer::sum));
            useless = take(guest -> guest.promisedTo == null
                    && (pressed || guest.isOld() || guest.isDead() || wanted.merge(guest.kind, -1, Integer::sum) < 0));
        }
        useless.forEach(GuestAhead::end);
        Wish next = next();
        if (next == null || pressed) {
            return;
        }
        Capacity.Place memory = capacity.enterAhead(next.need).orElse(null);
        if (memory == null) {
            return;
        }
        Capacity.Place turn = capacity.bootAhead().orElse(null);
        if (turn == null) {
            memory.close();
            return;
        }
        bootAhead(next, memory, turn);
    }

    /** The first that has waited for some time and has no guest booted ahead for it. */
    private synchronized @Nullable Wish next() {
        long bytes = guests.stream().mapToLong(guest -> guest.bytes).sum();
        if (closed || work == null || guests.size() >= rules.guests()) {
            return null;
        }
        Instant now = clock.instant();
        resting.values().removeIf(until -> !now.isBefore(until));
        Map<Kind, Integer> there = new HashMap<>();
        guests.stream()
                .filter(guest -> guest.promisedTo == null)
                .forEach(guest -> there.merge(guest.kind, 1, Integer::sum));
        return wishes.stream()
                .filter(wish -> !wish.letIn && !wish.since.plus(BEAT).isAfter(now))
                .sorted(FIRST)
                .filter(wish -> there.merge(wish.kind, -1, Integer::sum) < 0)
                .filter(wish -> !resting.containsKey(wish.kind))
                .filter(wish -> bytes + wish.need.memoryBytes() <= rules.memoryBytes())
                .findFirst()
                .orElse(null);
    }

    private void bootAhead(Wish wish, Capacity.Place memory, Capacity.Place turn) {
        GuestAhead guest;
        try {
            Files.createDirectories(place);
            guest = new GuestAhead(wish, Files.createTempDirectory(place, "g"), memory, turn);
        } catch (IOException unwritable) {
            memory.close();
            turn.close();
            throw new UncheckedIOException("cannot boot a guest ahead in " + place, unwritable);
        }
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                guests.add(guest);
            }
        }
        if (late) {
            guest.end();
        } else {
            guest.boot(Objects.requireNonNull(work));
        }
    }

    private void failed(GuestAhead guest, Exception why) {
        LOG.info("no guest of {} was booted ahead", guest.order.image().name(), why);
        synchronized (this) {
            // One that was given back meanwhile was ended in the middle, and says nothing of its image.
            if (guests.remove(guest)) {
                resting.put(guest.kind, clock.instant().plus(REST));
            }
        }
    }

    private List<GuestAhead> take(Predicate<GuestAhead> which) {
        List<GuestAhead> taken = new ArrayList<>(guests.stream().filter(which).toList());
        guests.removeAll(taken);
        return taken;
    }

    /** Ends all that nobody has claimed, and boots no more. */
    @Override
    public void close() {
        List<GuestAhead> left;
        synchronized (this) {
            closed = true;
            left = take(guest -> true);
        }
        if (tending != null) {
            tending.interrupt();
        }
        left.forEach(GuestAhead::end);
    }

    /** One guest: boots, is ready, then is claimed or ended. */
    final class GuestAhead {
        private final Kind kind;
        private final Boots.Order order;
        private final Capacity.Place memory;
        private final Capacity.Place turn;
        private final long bytes;
        private final Instant since = clock.instant();
        private @Nullable Thread booting;
        private volatile @Nullable Booted booted;
        private @Nullable Wish promisedTo;

        GuestAhead(Wish wish, Path folder, Capacity.Place memory, Capacity.Place turn) {
            this.kind = wish.kind;
            this.order = wish.order.ahead(folder);
            this.memory = memory;
            this.turn = turn;
            this.bytes = wish.need.memoryBytes();
        }

        Path folder() {
            return order.folder();
        }

        /** Only once it is ready. */
        Booted booted() {
            return Objects.requireNonNull(booted, "it still boots");
        }

        /** How long it was there. */
        Duration age() {
            return Duration.between(since, clock.instant());
        }

        private boolean isOld() {
            return age().compareTo(rules.age()) > 0;
        }

        private boolean isReady() {
            return booted != null;
        }

        private boolean isDead() {
            Booted now = booted;
            return now != null && !now.guest().isAlive();
        }

        private void boot(Work with) {
            Thread thread = Thread.ofVirtual()
                    .name("boots ahead " + folder().getFileName())
                    .unstarted(() -> {
                        try {
                            with.use(order);
                            booted = with.boot(order);
                        } catch (InterruptedException given) {
                            LOG.debug(
                                    "{} is not booted ahead any more",
                                    order.image().name());
                        } catch (Exception broken) {
                            failed(this, broken);
                        } finally {
                            turn.close();
                            if (booted == null) {
                                memory.close();
                            }
                        }
                    });
            booting = thread;
            thread.start();
        }

        /** Whether it answers, once it is known. */
        private boolean awaitReady() throws InterruptedException {
            Thread thread = booting;
            if (thread != null) {
                thread.join();
            }
            return isReady() && !isDead();
        }

        private void closePlaces() {
            memory.close();
            turn.close();
        }

        /** It belongs to whoever has claimed it. */
        private void leavePool() {
            closePlaces();
        }

        /** Ends it, wherever it stands, with all that it left; whatever interrupts. */
        private void end() {
            Thread thread = booting;
            boolean interrupted = false;
            while (thread != null && thread.isAlive()) {
                thread.interrupt();
                try {
                    thread.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            try {
                Booted now = booted;
                if (now != null) {
                    now.close();
                }
                Folders.delete(folder());
            } catch (UncheckedIOException left) {
                LOG.warn("cannot clear {}; the next muster of this home tries again", folder(), left);
            } finally {
                closePlaces();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
