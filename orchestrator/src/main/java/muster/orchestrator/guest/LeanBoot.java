package muster.orchestrator.guest;

import java.util.ArrayList;
import java.util.List;

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

    private LeanBoot() {}

    /**
     * Words for the kernel's command line. A console that says that it is dumb is not asked for its size, which systemd
     * would wait for.
     */
    public static List<String> kernelWords() {
        List<String> words = new ArrayList<>(List.of("quiet", "TERM=dumb"));
        MASKED.forEach(unit -> words.add("systemd.mask=" + unit));
        return words;
    }
}
