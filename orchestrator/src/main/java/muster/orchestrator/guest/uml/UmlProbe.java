package muster.orchestrator.guest.uml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import muster.orchestrator.guest.sandbox.Resources;

/**
 * Boots something tiny on a User-Mode Linux, which brings up the network device.
 *
 * @param seccomp as guests will run
 */
record UmlProbe(boolean seccomp) {

    /** A second is usual. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** arch/x86/um/ and arch/um/ of Linux before 6.14 or so: the panic on hosts whose CPU saves AMX's state. */
    private static final Pattern AMX = Pattern.compile("ptrace set fp regs failed, errno = 14");

    ProbeAnswer boot(UmlRuntime runtime) throws FarmFailed, InterruptedException {
        Probe probe =
                new Probe(runtime.tools(), runtime.busybox(), Resources.text(UmlProbe.class, "probe-init.sh"), LIMIT);
        return judge(
                probe.boot(
                        List.of(),
                        KernelArguments.forProbe(Probe.RAM_DISK, seccomp)
                                .command(runtime, KernelArguments.slirp(false))),
                runtime.kernel());
    }

    /** What a probe's console tells. */
    static ProbeAnswer judge(Probe.Boot boot, Path kernel) {
        if (AMX.matcher(boot.console()).find()) {
            String version = ProbeAnswer.kernelVersion(boot.console());
            return new ProbeAnswer(
                    false,
                    true,
                    version,
                    "the host's CPU has AMX and this User-Mode Linux is too old for it (%s, %s): its kernel says 'ptrace set fp regs failed, errno = 14'"
                            .formatted(kernel, version));
        }
        return ProbeAnswer.of(boot, kernel.toString());
    }
}
