package muster.orchestrator.guest.lxc;

/**
 * Options of the driver {@code lxc}.
 *
 * @param processes the most that a guest may have at once, threads counted
 * @param consoleBytes the longest that a guest's console may grow, in bytes; the rest is cut
 */
public record LxcOptions(int processes, long consoleBytes) {

    public static final LxcOptions DEFAULTS = new LxcOptions(4096, 16L * 1024 * 1024);

    /** The same with another ceiling of consoles. */
    public LxcOptions withConsole(long bytes) {
        return new LxcOptions(processes, bytes);
    }
}
