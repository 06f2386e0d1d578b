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

    private final Rules rules;
    private final Map<String, GuestDriver> drivers;
    private final Capacity capacity;
    private final Path place;
    private final Clock clock;
    private final Wishes wishes = new Wishes();
    private final List<GuestAhead> guests = new ArrayList<>();
    private final Map<GuestKind, Instant> resting = new HashMap<>();
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

    /** How a guest is booted, and its image kept meanwhile. */
    interface Work {

        /** Boots in the order's folder; ends what it began when it is interrupted or fails. */
        Booted boot(Boots.Order order) throws Exception;

        /** Keeps the order's image as long as its folder is there. */
        void use(Boots.Order order) throws Exception;
    }

    /** What will be wanted by an attempt that has not begun. */
    public record Foreseen(Boots.Order order, Capacity.Need need) {}

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

    /** Says that an attempt will want a guest like this; close it when it has one, or wants none any more. */
    Wish wish(Boots.Order order, Capacity.Need need) {
        Wish wish = new Wish(order, need, clock.instant(), this::forget);
        if (isPossible(order)) {
            synchronized (this) {
                wishes.add(wish);
            }
        }
        return wish;
    }

    /** Says which guests will be wanted soon, all of them; instead of those that it was told before. */
    void foresee(List<Foreseen> all) {
        Instant now = clock.instant();
        List<Wish> possible = all.stream()
                .filter(each -> isPossible(each.order()))
                .map(each -> new Wish(each.order(), each.need(), now, none -> {}))
                .toList();
        synchronized (this) {
            wishes.foresee(possible);
        }
    }

    private boolean isPossible(Boots.Order order) {
        return !order.writeThrough() && drivers.get(order.driver()) instanceof Movable;
    }

    private void forget(Wish wish) {
        List<GuestAhead> unclaimed;
        synchronized (this) {
            wishes.remove(wish);
            unclaimed = take(guest -> guest.isPromisedTo(wish));
        }
        unclaimed.forEach(GuestAhead::end);
    }

    /**
     * Takes a guest out of the pool for an order, waiting for it where it still boots.
     *
     * @return empty where there is none that answers
     */
    Optional<GuestAhead> claim(Boots.Order order) throws InterruptedException {
        Optional<GuestAhead> claimed = takeFor(order);
        if (claimed.isEmpty()) {
            return claimed;
        }
        GuestAhead guest = claimed.get();
        boolean answers = false;
        try {
            answers = guest.awaitReady();
        } finally {
            if (answers) {
                guest.closePlaces();
            } else {
                guest.end();
            }
        }
        return answers ? claimed : Optional.empty();
    }

    private synchronized Optional<GuestAhead> takeFor(Boots.Order order) {
        if (order.writeThrough()) {
            return Optional.empty();
        }
        GuestKind kind = GuestKind.of(order);
        Optional<GuestAhead> found = guests.stream()
                .filter(guest -> guest.kind().equals(kind) && !isOld(guest))
                .filter(guest -> guest.isPromisedTo(order) || (guest.isFree() && guest.isReady()))
                .min(Comparator.comparing(guest -> !guest.isPromisedTo(order)));
        found.ifPresent(guests::remove);
        return found;
    }

    @Override
    public void letIn(Capacity.Need need) {
        GuestAhead promised;
        synchronized (this) {
            Wish wish = wishes.letIn(need).orElse(null);
            if (wish == null) {
                return;
            }
            promised = guests.stream()
                    .filter(guest -> guest.isFree() && guest.kind().equals(wish.kind()) && !isOld(guest))
                    .min(Comparator.comparing(guest -> !guest.isReady()))
                    .orElse(null);
            if (promised == null) {
                return;
            }
            promised.promise(wish);
        }
        promised.closeMemory();
    }

    @Override
    public Runnable giveBack(long bytes) {
        List<GuestAhead> given = new ArrayList<>();
        synchronized (this) {
            long lacking = bytes;
            for (GuestAhead guest : guests.reversed()) {
                if (lacking > 0 && guest.isFree()) {
                    given.add(guest);
                    lacking -= guest.bytes();
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
            booting = take(guest -> guest.isFree() && !guest.isReady());
        }
        booting.forEach(GuestAhead::closePlaces);
        Thread.ofVirtual().start(() -> booting.forEach(GuestAhead::end));
    }

    /** How many there are that boot or are ready. */
    public synchronized int size() {
        return guests.size();
    }

    /** How many are ready. */
    public synchronized long ready() {
        return guests.stream().filter(GuestAhead::isReady).count();
    }

    private boolean isOld(GuestAhead guest) {
        return guest.age().compareTo(rules.age()) > 0;
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
            Map<GuestKind, Integer> wanted = wishes.wanted();
            useless = take(guest -> guest.isFree()
                    && (pressed || isOld(guest) || guest.isDead() || wanted.merge(guest.kind(), -1, Integer::sum) < 0));
        }
        useless.forEach(GuestAhead::end);
        Wish next = next();
        if (next == null || pressed) {
            return;
        }
        Capacity.Place memory = capacity.enterAhead(next.need()).orElse(null);
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
        long bytes = guests.stream().mapToLong(GuestAhead::bytes).sum();
        if (closed || work == null || guests.size() >= rules.guests()) {
            return null;
        }
        Instant now = clock.instant();
        resting.values().removeIf(until -> !now.isBefore(until));
        Map<GuestKind, Integer> there = new HashMap<>();
        guests.stream().filter(GuestAhead::isFree).forEach(guest -> there.merge(guest.kind(), 1, Integer::sum));
        return wishes.first(
                        there,
                        now,
                        BEAT,
                        wish -> !resting.containsKey(wish.kind())
                                && bytes + wish.need().memoryBytes() <= rules.memoryBytes())
                .orElse(null);
    }

    private void bootAhead(Wish wish, Capacity.Place memory, Capacity.Place turn) {
        GuestAhead guest;
        try {
            Files.createDirectories(place);
            guest = new GuestAhead(wish, Files.createTempDirectory(place, "g"), memory, turn, clock);
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
            guest.boot(Objects.requireNonNull(work), this::failed);
        }
    }

    /** One that was given back meanwhile was ended in the middle, and says nothing of its image. */
    private synchronized void failed(GuestAhead guest) {
        if (guests.remove(guest)) {
            resting.put(guest.kind(), clock.instant().plus(REST));
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
}
