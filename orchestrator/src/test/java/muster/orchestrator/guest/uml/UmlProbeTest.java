package muster.orchestrator.guest.uml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import muster.orchestrator.guest.sandbox.Probe;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import org.junit.jupiter.api.Test;

class UmlProbeTest {

    private static final Path KERNEL = Path.of("/usr/bin/linux.uml");

    @Test
    void aKernelThatSaysTheMarkerPasses() {
        ProbeAnswer answer = judge("Linux version 7.2.7 (builder)\nmuster-probe-passed\nreboot: Power down\n", true);
        assertThat(answer).isEqualTo(new ProbeAnswer(true, true, "7.2.7", ""));
    }

    @Test
    void thePanicOnCpusWithAmxIsNamed() {
        ProbeAnswer answer =
                judge("Linux version 6.1.0\nKernel panic - not syncing: ptrace set fp regs failed, errno = 14\n", true);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.certain()).isTrue();
        assertThat(answer.why()).contains("AMX", "too old", "/usr/bin/linux.uml", "6.1.0");
    }

    @Test
    void anyOtherFailureShowsTheConsolesEndAndIsTriedAgain() {
        ProbeAnswer answer = judge("bwrap: No permissions to create new namespace\n", true);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.certain()).isFalse();
        assertThat(answer.why()).contains("did not boot", "No permissions to create new namespace");
    }

    @Test
    void aKernelThatHangsIsToldFromOneThatEnded() {
        assertThat(judge("", false).why()).contains("within 30 s").contains("(nothing)");
    }

    private static ProbeAnswer judge(String console, boolean ended) {
        return UmlProbe.judge(new Probe.Boot(console, ended, Duration.ofSeconds(30)), KERNEL);
    }
}
