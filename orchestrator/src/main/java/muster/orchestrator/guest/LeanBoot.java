package muster.orchestrator.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What keeps a system under systemd from waiting for what a guest of a farm does not have. */
public final class LeanBoot {

    /**
     * Units that a guest has no use for: device events of hardware that there is none of, log-ins on consoles that nobody
     * sees. Without them it boots in half the time.
     */
    public static final List<String> MASKED = List.of(
            "systemd-udev-trigger.service",
            "e2scrub_reap.service",
            "getty@tty1.service",
            "getty@tty0.service",
            "serial-getty@ttyS0.service",
            "systemd-logind.service",
            "systemd-logind-varlink.socket");

    /** Those units, and those that load modules: for guests whose kernel has all that it can do built in. */
    public static final List<String> MASKED_WITHOUT_MODULES = Stream.concat(
                    MASKED.stream(),
                    Stream.of(
                            "systemd-modules-load.service",
                            "modprobe@configfs.service",
                            "modprobe@dm_mod.service",
                            "modprobe@drm.service",
                            "modprobe@efi_pstore.service",
                            "modprobe@fuse.service",
                            "modprobe@loop.service"))
            .toList();

    private LeanBoot() {}

    /**
     * Words for the kernel's command line. A console that says that it is dumb is not asked for its size, which systemd
     * would wait for.
     *
     * @param masked units that are not to start
     */
    public static List<String> kernelWords(List<String> masked) {
        List<String> words = new ArrayList<>(List.of("quiet", "TERM=dumb"));
        masked.forEach(unit -> words.add("systemd.mask=" + unit));
        return words;
    }
}
