package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostProcessTest {

    @Test
    void knowsARunningProcessAndItsEnd() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        HostProcess sleeping = HostProcess.of(process.pid()).orElseThrow();
        assertThat(sleeping.isAlive()).isTrue();
        sleeping.kill();
        assertThat(Deadline.in(Duration.ofSeconds(10)).await(Duration.ofMillis(5), () -> !sleeping.isAlive()))
                .isTrue();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
        sleeping.kill();
    }

    @Test
    void neitherAnotherStartTimeNorAnotherBootIsTheSameProcess() {
        HostProcess self = HostProcess.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(new HostProcess(self.pid(), self.startTicks() + 1, self.bootId()).isAlive())
                .isFalse();
        assertThat(new HostProcess(self.pid(), self.startTicks(), "another").isAlive())
                .isFalse();
    }

    @Test
    void aZombieIsDead() throws Exception {
        // The shell becomes a program that never reaps the child it has inherited.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & exec sleep 60").start();
        try {
            ProcessHandle child = Deadline.in(Duration.ofSeconds(10))
                            .await(
                                    Duration.ofMillis(5),
                                    () -> parent.children().findAny().isPresent())
                    ? parent.children().findAny().orElseThrow()
                    : null;
            assertThat(child).isNotNull();
            assertThat(Deadline.in(Duration.ofSeconds(10))
                            .await(
                                    Duration.ofMillis(5),
                                    () -> HostProcess.of(child.pid()).isEmpty()))
                    .isTrue();
            assertThat(java.nio.file.Path.of("/proc/" + child.pid())).exists();
        } finally {
            parent.destroyForcibly();
        }
    }
}
