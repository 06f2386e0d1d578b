package muster.orchestrator.guest.sandbox;

import muster.orchestrator.guest.GuestSpec;

/**
 * The most that one sandbox may take of the host.
 *
 * @param consoleBytes the longest that the console may grow
 * @param diskBytes what its folder may take of the host's disk; past that nothing in it writes to the clone any more
 * @param memoryFileBytes what programs in it may keep in files in memory, beside {@link #MARGIN}
 * @param addressBytes what each process that runs the guest may map, or 0 where the guest's memory is a file in memory
 * @param processes how many processes and threads there may be
 */
public record Bounds(long consoleBytes, long diskBytes, long memoryFileBytes, long addressBytes, int processes) {

    /** For what is no guest: small, and of no clone. */
    static final Bounds PROBE = new Bounds(256 * 1024, 1L << 30, 128L << 20, 0, 512);

    /** What tools beside the guest's memory need of a file system in memory. */
    static final long MARGIN = 16L << 20;

    /**
     * Where the guest's memory is a file in memory.
     *
     * @param diskBytes as {@link #diskBytes}
     */
    public static Bounds withMemoryFile(GuestSpec spec, long consoleBytes, long diskBytes) {
        return new Bounds(consoleBytes, diskBytes, spec.memoryBytes() + MARGIN, 0, processes(spec));
    }

    /**
     * Where the guest's memory is that of the process which runs it.
     *
     * @param addressBytes what it may map beside that
     */
    public static Bounds withMemoryMapped(GuestSpec spec, long consoleBytes, long diskBytes, long addressBytes) {
        return new Bounds(consoleBytes, diskBytes, MARGIN, spec.memoryBytes() + addressBytes, processes(spec));
    }

    /** By default systemd lets the suite of such a guest have fewer. */
    private static int processes(GuestSpec spec) {
        return 512 + (int) Math.min(spec.memoryBytes() >> 20, 1 << 20);
    }
}
