package muster.orchestrator.guest.uml;

/**
 * Options of the driver {@code uml}: {@code drivers: {uml: ...}} in the farm's configuration.
 *
 * @param seccomp whether guests run the faster way, which lets a hostile program inside the guest reach the guest's own
 *     kernel
 * @param raid6 whether btrfs has its RAID 5 and 6 in guests, which then boot 0.9 s later
 * @param suite the release of Debian whose kernel is fetched where the host's does not run
 * @param archive where it is fetched from, an upstream address
 * @param consoleBytes the longest that a guest's console may grow, in bytes; the rest is cut
 * @param diskBytes the most that a guest's clone may take of the host's disk, in bytes
 */
public record UmlOptions(
        boolean seccomp, boolean raid6, String suite, String archive, long consoleBytes, long diskBytes) {

    public static final UmlOptions DEFAULTS =
            new UmlOptions(true, false, "forky", "http://deb.debian.org/debian", 16L << 20, 8L << 30);

    private static final long LEAST_CONSOLE = 64 * 1024;

    public UmlOptions {
        if (consoleBytes < LEAST_CONSOLE) {
            throw new IllegalArgumentException("cannot keep a console in " + consoleBytes
                    + " bytes: a boot's messages need " + LEAST_CONSOLE + "; raise the console's ceiling");
        }
    }
}
