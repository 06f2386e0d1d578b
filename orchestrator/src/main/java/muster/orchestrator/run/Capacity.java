package muster.orchestrator.run;

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
     */
    record Need(String label, long memoryBytes, double cpus, int priority, double rank, boolean alone) {

        /** Beside others, of the usual priority. */
        public Need(String label, long memoryBytes, double cpus, double rank) {
            this(label, memoryBytes, cpus, 0, rank, false);
        }

        /** The same for a part of it. */
        Need of(String part) {
            return new Need(part, memoryBytes, cpus, priority, rank, alone);
        }

        /** The same, more or less urgent. */
        public Need urgent(int newPriority) {
            return new Need(label, memoryBytes, cpus, newPriority, rank, alone);
        }

        /** The same, but alone, after all that does not have to be. */
        public Need lonely() {
            return new Need(label, memoryBytes, cpus, Integer.MIN_VALUE, Double.NEGATIVE_INFINITY, true);
        }
    }

    /** Whether a need could ever be met on an idle host. */
    boolean admits(Need need);

    /**
     * Waits for a place; closing it gives it back.
     *
     * @param mustWait is called once, before waiting, when there is no place at once
     */
    Place enter(Need need, Runnable mustWait) throws InterruptedException;

    /** Takes a place without waiting, for a guest that runs already. */
    Place enterRunning(Need need);

    /** Waits until one more guest may boot; closing it lets the next one boot. */
    Place boot() throws InterruptedException;

    /** A place that was taken; closing twice does nothing. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
