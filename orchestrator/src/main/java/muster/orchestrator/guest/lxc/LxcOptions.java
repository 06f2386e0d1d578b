package muster.orchestrator.guest.lxc;

/**
 * Options of the driver {@code lxc}.
 *
 * @param processes the most that a guest may have at once, threads counted
 * @param consoleBytes the longest that a guest's console may grow, in bytes; the rest is cut
 * @param diskBytes the most that a guest's clone may hold, in bytes, where its disk is not smaller
 */
public record LxcOptions(int processes, long consoleBytes, long diskBytes) {

    /** Far more than suites start, and far fewer than a host has. */
    public static final int PROCESSES = 4096;

    public static final LxcOptions DEFAULTS = new LxcOptions(PROCESSES, 16L << 20, 8L << 30);
}
