package muster.orchestrator.guest.qemu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import muster.orchestrator.guest.sandbox.Resources;
import muster.orchestrator.guest.sandbox.Sandbox;
import muster.orchestrator.guest.sandbox.Tools;

/**
 * Boots something tiny by one accelerator. For KVM nothing less will do: its device can be there, open and make a virtual
 * machine that hangs.
 *
 * @param kernel what is booted
 * @param busybox a static one
 */
record QemuProbe(Path kernel, Path busybox) {

    /** KVM boots in a second, or never. */
    private static final Duration KVM_LIMIT = Duration.ofSeconds(10);

    /** Five seconds are usual; a busy host takes its time, and nobody falls back from this. */
    private static final Duration TCG_LIMIT = Duration.ofSeconds(90);

    ProbeAnswer boot(QemuCommand command) throws FarmFailed, InterruptedException {
        List<Sandbox.Bind> binds = new ArrayList<>();
        binds.add(new Sandbox.Bind(kernel, QemuCommand.KERNEL, Sandbox.Access.READ));
        if (command.accelerator() == Accelerator.KVM) {
            Path device = Path.of(Accelerator.DEVICE);
            if (!Files.exists(device)) {
                return unusable("there is no " + device + " here");
            }
            if (!Files.isReadable(device) || !Files.isWritable(device)) {
                return unusable("this user may not use " + device + " (as root: usermod --append --groups kvm USER)");
            }
            binds.add(kvm());
        }
        Probe probe = new Probe(
                Tools.HOST,
                busybox,
                Resources.text(QemuProbe.class, "probe-init.sh"),
                command.accelerator() == Accelerator.KVM ? KVM_LIMIT : TCG_LIMIT);
        return judge(probe.boot(binds, command.forProbe(QemuCommand.KERNEL)), command.accelerator());
    }

    /** How KVM comes into a sandbox. */
    static Sandbox.Bind kvm() {
        return new Sandbox.Bind(Path.of(Accelerator.DEVICE), Accelerator.DEVICE, Sandbox.Access.DEVICE);
    }

    /**
     * What a probe's console tells. A KVM that fails is not asked again, for one that hangs costs its whole limit each time;
     * unless another program only held it.
     */
    static ProbeAnswer judge(Probe.Boot boot, Accelerator accelerator) {
        ProbeAnswer answer = ProbeAnswer.of(boot, "a small kernel under " + accelerator);
        boolean fails = !answer.passed() && !boot.console().contains("busy");
        return fails && accelerator == Accelerator.KVM
                ? new ProbeAnswer(false, true, answer.kernelVersion(), answer.why())
                : answer;
    }

    private static ProbeAnswer unusable(String why) {
        return new ProbeAnswer(false, false, "", why);
    }
}
