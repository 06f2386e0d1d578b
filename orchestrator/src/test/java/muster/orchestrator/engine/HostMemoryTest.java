package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's files are copies in a folder. */
class HostMemoryTest {

    @TempDir
    Path folder;

    private HostMemory memory;

    @BeforeEach
    void kernelFiles() throws IOException {
        memory = new HostMemory(folder.resolve("proc"), folder.resolve("cgroup"));
        says("proc/meminfo", "MemTotal:       16000000 kB\nMemAvailable:    8000000 kB\n");
        says("proc/self/cgroup", "4:memory:/old\n0::/user.slice/muster.scope\n");
        says("proc/pressure/memory", stalled("0.00"));
    }

    private void says(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private static String stalled(String avg10) {
        return "some avg10=" + avg10 + " avg60=1.50 avg300=0.64 total=726368\n"
                + "full avg10=0.00 avg60=0.00 avg300=0.00 total=303188\n";
    }

    @Test
    void aQuietHostIsNotShort() {
        assertThat(memory.now()).isEmpty();
    }

    @Test
    void whatWorkWaitedIsTold() throws IOException {
        says("proc/pressure/memory", stalled("9.99"));
        assertThat(memory.now()).isEmpty();
        says("proc/pressure/memory", stalled("34.12"));
        assertThat(memory.now()).hasValue("in the last 10 s work on this host waited for memory 34 % of the time");
    }

    @Test
    void theOwnControlGroupCountsToo() throws IOException {
        says("cgroup/user.slice/muster.scope/memory.pressure", stalled("12.00"));
        assertThat(memory.now()).isPresent();
    }

    @Test
    void withoutPressureInformationWhatIsLeftCounts() throws IOException {
        Files.delete(folder.resolve("proc/pressure/memory"));
        assertThat(memory.now()).isEmpty();
        says("proc/meminfo", "MemTotal:       16000000 kB\nMemAvailable:     512000 kB\n");
        assertThat(memory.now()).hasValue("this host has only 500M left");
    }

    @Test
    void theHostItselfCanBeAsked() {
        assertThat(HostMemory.here().now())
                .satisfiesAnyOf(
                        now -> assertThat(now).isEmpty(),
                        now -> assertThat(now)
                                .hasValueSatisfying(words -> assertThat(words).contains("host")));
    }
}
