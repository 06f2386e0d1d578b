package muster.orchestrator.guest.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of booting something tiny.
 *
 * @param passed whether guests can run
 * @param certain whether it would come out the same again, as far as can be known
 * @param kernelVersion the kernel's own version, empty when it never said it
 * @param why a sentence for people; empty when it passed
 */
public record ProbeAnswer(boolean passed, boolean certain, String kernelVersion, String why) {

    /** What the probe's only program prints when all went well. */
    static final String MARKER = "muster-probe-passed";

    private static final Pattern VERSION = Pattern.compile("(?m)^(?:\\[[ .\\d]+] )?Linux version (\\S+)");
    private static final int TAIL = 600;

    /** What a probe's console tells that knows nothing of how kernels of a kind fail. A failure is tried again. */
    public static ProbeAnswer of(Probe.Boot boot, String what) {
        String version = kernelVersion(boot.console());
        if (boot.console().contains(MARKER)) {
            return new ProbeAnswer(true, true, version, "");
        }
        String tail =
                boot.console().isBlank() ? "(nothing)" : boot.console().strip().replaceAll("\\s*\\R\\s*", " / ");
        return new ProbeAnswer(
                false,
                false,
                version,
                "%s %s; its console ends: %s"
                        .formatted(
                                what,
                                boot.ended()
                                        ? "did not boot"
                                        : "did not boot within " + boot.limit().toSeconds() + " s",
                                tail.substring(Math.max(0, tail.length() - TAIL))));
    }

    /** The version that a kernel says on its console; empty when it does not. */
    public static String kernelVersion(String console) {
        Matcher version = VERSION.matcher(console);
        return version.find() ? version.group(1) : "";
    }
}
