package muster.orchestrator.guest.uml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {

    private static final Path KERNEL = Path.of("/usr/bin/linux.uml");
    private final Probe probe = new Probe(true, Duration.ofSeconds(30));

    @Test
    void aKernelThatSaysTheMarkerPasses() {
        Probe.Answer answer =
                probe.judge("Linux version 7.2.7 (builder)\nmuster-probe-passed\nreboot: Power down\n", true, KERNEL);
        assertThat(answer).isEqualTo(new Probe.Answer(true, true, "7.2.7", ""));
    }

    @Test
    void thePanicOnCpusWithAmxIsNamed() {
        Probe.Answer answer = probe.judge(
                "Linux version 6.1.0\nKernel panic - not syncing: ptrace set fp regs failed, errno = 14\n",
                true,
                KERNEL);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.certain()).isTrue();
        assertThat(answer.why()).contains("AMX", "too old", "/usr/bin/linux.uml", "6.1.0");
    }

    @Test
    void anyOtherFailureShowsTheConsolesEndAndIsTriedAgain() {
        Probe.Answer answer = probe.judge("bwrap: No permissions to create new namespace\n", true, KERNEL);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.certain()).isFalse();
        assertThat(answer.why()).contains("did not boot", "No permissions to create new namespace");
    }

    @Test
    void aKernelThatHangsIsToldFromOneThatEnded() {
        assertThat(probe.judge("", false, KERNEL).why()).contains("within 30 s").contains("(nothing)");
    }

    @Test
    void versionsAreReadFromArchiveNames(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(
                folder.resolve("packages.txt"),
                "busybox-static_1%3a1.38.0-3+b1_amd64.deb\npartial\nuser-mode-linux_7.2um1_amd64.deb\n");
        assertThat(UmlFetch.packages(list))
                .containsEntry("busybox-static", "1:1.38.0-3+b1")
                .containsEntry("user-mode-linux", "7.2um1")
                .hasSize(2);
    }
}
