package muster.orchestrator.bench.cells;

import muster.orchestrator.guest.Seed;
import org.jspecify.annotations.Nullable;

/**
 * What the process that plays guests is asked, a line of JSON each; it answers with one.
 *
 * @param deed {@link #START}, {@link #FIND}, {@link #CLOSE}, {@link #END_SUITES} or {@link #LOOK}
 * @param label of the guest to be started: its cell
 * @param folder the guest's
 * @param seed its identity
 * @param millis over how long suites end one after the other
 */
record GuestOrder(
        String deed,
        @Nullable String label,
        @Nullable String folder,
        @Nullable Seed seed,
        long millis) {

    static final String START = "start";
    static final String FIND = "find";
    static final String CLOSE = "close";
    static final String END_SUITES = "end suites";
    static final String LOOK = "look";

    static GuestOrder start(String label, String folder, Seed seed) {
        return new GuestOrder(START, label, folder, seed, 0);
    }

    static GuestOrder find(String folder) {
        return new GuestOrder(FIND, null, folder, null, 0);
    }

    static GuestOrder close(String folder) {
        return new GuestOrder(CLOSE, null, folder, null, 0);
    }

    static GuestOrder endSuites(long millis) {
        return new GuestOrder(END_SUITES, null, null, null, millis);
    }

    static GuestOrder look() {
        return new GuestOrder(LOOK, null, null, null, 0);
    }

    /**
     * The answer.
     *
     * @param pid of the process whose end is the guest's, where one was started or found; else 0
     * @param begun how many suites have begun up to now
     * @param closed how many guests have been closed
     * @param problem why it could not be done, or null
     */
    record Answer(long pid, int begun, int closed, @Nullable String problem) {}
}
