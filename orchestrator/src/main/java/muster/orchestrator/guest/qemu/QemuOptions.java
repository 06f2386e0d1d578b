package muster.orchestrator.guest.qemu;

/**
 * Options of the driver {@code qemu}: {@code drivers: {qemu: ...}} in the farm's configuration.
 *
 * @param accelerator which one runs guests
 * @param machine the kind of machine, in QEMU's words
 * @param cpu the model of its processors, in QEMU's words
 * @param translationBytes the most that translated code of one guest may take, in bytes
 * @param suite the release of Debian whose kernel is booted to find out what works
 * @param archive where it is fetched from, an upstream address
 * @param consoleBytes the longest that a guest's console may grow, in bytes; the rest is cut
 * @param diskBytes the most that a guest's clone may take of the host's disk, in bytes
 * @param lean whether guests leave out at boot what none of them has a use for
 */
public record QemuOptions(
        Choice accelerator,
        String machine,
        String cpu,
        long translationBytes,
        String suite,
        String archive,
        long consoleBytes,
        long diskBytes,
        boolean lean) {

    /** Of lean guests. */
    public QemuOptions(
            Choice accelerator,
            String machine,
            String cpu,
            long translationBytes,
            String suite,
            String archive,
            long consoleBytes,
            long diskBytes) {
        this(accelerator, machine, cpu, translationBytes, suite, archive, consoleBytes, diskBytes, true);
    }

    /** Which accelerator is taken. */
    public enum Choice {
        /** KVM where something tiny boots on it, else TCG. */
        AUTO,
        KVM,
        TCG
    }

    public static final QemuOptions DEFAULTS = new QemuOptions(
            Choice.AUTO, "q35", "max", 64L << 20, "trixie", "http://deb.debian.org/debian", 16L << 20, 8L << 30);

    /** The same with one accelerator alone. */
    public QemuOptions with(Choice other) {
        return new QemuOptions(other, machine, cpu, translationBytes, suite, archive, consoleBytes, diskBytes, lean);
    }

    /** The same for guests that boot all that their distribution has. */
    public QemuOptions unmodified() {
        return new QemuOptions(
                accelerator, machine, cpu, translationBytes, suite, archive, consoleBytes, diskBytes, false);
    }
}
