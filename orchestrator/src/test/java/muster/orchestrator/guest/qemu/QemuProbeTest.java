package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import org.junit.jupiter.api.Test;

class QemuProbeTest {

    @Test
    void aKernelThatSaysTheMarkerPasses() {
        ProbeAnswer answer = judge(
                "[    0.000000] Linux version 6.12.1-cloud (debian)\nmuster-probe-passed\nreboot: Restarting system\n",
                true,
                Accelerator.KVM);
        assertThat(answer).isEqualTo(new ProbeAnswer(true, true, "6.12.1-cloud", ""));
    }

    @Test
    void aKvmThatHangsIsRememberedForItCostsItsWholeLimit() {
        ProbeAnswer answer = judge("", false, Accelerator.KVM);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.certain()).isTrue();
        assertThat(answer.why()).contains("KVM", "within 10 s", "(nothing)");
    }

    @Test
    void aKvmThatAnotherProgramHoldsIsTriedAgain() {
        ProbeAnswer answer =
                judge("qemu-system-x86_64: failed to initialize kvm: Device or resource busy\n", true, Accelerator.KVM);
        assertThat(answer.certain()).isFalse();
        assertThat(answer.why()).contains("did not boot;", "Device or resource busy");
    }

    @Test
    void anEmulationThatIsTooSlowIsTriedAgain() {
        assertThat(judge("", false, Accelerator.TCG).certain()).isFalse();
    }

    private static ProbeAnswer judge(String console, boolean ended, Accelerator accelerator) {
        return QemuProbe.judge(new Probe.Boot(console, ended, Duration.ofSeconds(10)), accelerator);
    }
}
