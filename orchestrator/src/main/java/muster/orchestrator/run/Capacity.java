package muster.orchestrator.run;

import java.util.Optional;
import java.util.function.Consumer;
import muster.orchestrator.matrix.Demand;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/** How many guests a host takes at once. Attempts ask here before they clone. */
public interface Capacity {

    /**
     * What a guest needs.
     *
     * @param label its cell, for messages
     * @param memoryBytes what it takes on the host
     * @param cpus how many cores its suite keeps busy
     * @param priority the greater is let in first
     * @param rank the same, among those of one priority
     * @param alone whether no other guest may be at work meanwhile
     * @param owner whose it is, or null where it is of no cell of a run
     */
    record Need(
            String label,
            long memoryBytes,
            double cpus,
            int priority,
            double rank,
            boolean alone,
            @Nullable Owner owner) {

        /** Beside others, of the usual priority. */
        public Need(String label, long memoryBytes, double cpus, double rank) {
            this(label, memoryBytes, cpus, 0, rank, false, null);
        }

        /** The same for a cell of a run. */
        public Need of(long run, CellKey cell) {
            return new Need(label, memoryBytes, cpus, priority, rank, alone, new Owner(run, cell));
        }

        /** Why it is not met yet, a few words. */
        public String waiting() {
            return alone ? "waiting until no other guest is at work" : "waiting for memory and processors";
        }

        /** The same for a part of it. */
        Need of(String part) {
            return new Need(part, memoryBytes, cpus, priority, rank, alone, owner);
        }

        /** The same for a guest that takes other than that. */
        Need taking(Demand demand) {
            return new Need(label, demand.memoryBytes(), demand.cpu(), priority, rank, alone, owner);
        }

        /** The same, more or less urgent. */
        public Need urgent(int newPriority) {
            return new Need(label, memoryBytes, cpus, newPriority, rank, alone, owner);
        }

        /** The same, but alone, after all that does not have to be. */
        public Need lonely() {
            return new Need(label, memoryBytes, cpus, Integer.MIN_VALUE, Double.NEGATIVE_INFINITY, true, owner);
        }
    }

    /** A cell of a run. */
    record Owner(long run, CellKey cell) {}

    /** Whether a need could ever be met on an idle host. */
    boolean admits(Need need);

    /**
     * Waits for a place; closing it gives it back.
     *
     * @param waits is told why, a few words, before waiting and whenever the reason becomes another; must return quickly
     */
    Place enter(Need need, Consumer<String> waits) throws InterruptedException;

    /**
     * Waits until the host has room for more than it has, such as an image.
     *
     * @param waits is told why, a few words, before waiting
     */
    default void awaitRoom(Consumer<String> waits) throws InterruptedException {}

    /** Takes a place without waiting, for a guest that runs already. */
    Place enterRunning(Need need);

    /** Waits until one more guest may boot; closing it lets the next one boot. */
    Place boot() throws InterruptedException;

    /**
     * Takes memory that nobody needs, for a guest that boots ahead of its attempt; empty where there is none to spare. It is
     * asked back as soon as an attempt needs it: {@link #lendsTo}.
     */
    Optional<Place> enterAhead(Need need);

    /** Takes the turn to boot that nobody waits for; empty where there is none. */
    Optional<Place> bootAhead();

    /** How it shows that the host is short of memory just now, a few words; empty where it is not. */
    Optional<String> pressure();

    /** From now on that one is asked to give back what {@link #enterAhead} and {@link #bootAhead} let it have. */
    void lendsTo(Borrower borrower);

    /** Has guests that booted ahead of their attempts. All of its methods are called one at a time, and return quickly. */
    interface Borrower {

        /** An attempt is let in: the guest that it will claim, if there is one, no longer takes a place of its own. */
        void letIn(Need need);

        /**
         * Closes places of guests, so that at least this much memory is free, as far as there is any.
         *
         * @return ends those guests; may take a moment
         */
        Runnable giveBack(long bytes);

        /** Closes the places of guests that still boot, and ends those. */
        void stopBooting();
    }

    /** A place that was taken; closing twice does nothing. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
