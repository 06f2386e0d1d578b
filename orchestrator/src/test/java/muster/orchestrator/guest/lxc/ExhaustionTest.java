package muster.orchestrator.guest.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With plain folders for cgroups, and files as kernels 6.1 write them. */
class ExhaustionTest {

    @TempDir
    Path folder;

    @Test
    void inVersion1KilledProcessesAndAReachedCeilingTogetherAreExhaustedMemory() throws Exception {
        String kills = "oom_kill_disable 0\nunder_oom 0\noom_kill 7\n";
        Path memory = cgroup(
                "memory", Map.of("memory.limit_in_bytes", "400000000\n", "memory.max_usage_in_bytes", "399990784\n"));
        Path last = cgroup("last", Map.of("memory.oom_control", kills));
        Path pids = cgroup("pids", Map.of("pids.current", "3\n", "pids.max", "4096\n"));
        assertThat(new Exhaustion(List.of(memory, pids, last)).ofEnded())
                .isEqualTo("ended when its memory was exhausted: the kernel killed 7 of its processes for it");
    }

    @Test
    void inVersion2Too() throws Exception {
        String events = "low 0\nhigh 0\nmax 90\noom 4\noom_kill 2\noom_group_kill 0\n";
        assertThat(new Exhaustion(List.of(cgroup("all", Map.of("memory.events", events)))).ofEnded())
                .contains("killed 2 of its processes");
    }

    /** The host's own shortage also counts as kills of those that it hits. */
    @Test
    void killsBelowTheCeilingAreNotTheGuestsOwnDoing() throws Exception {
        String events = "low 0\nhigh 0\nmax 0\noom 0\noom_kill 2\n";
        assertThat(new Exhaustion(List.of(cgroup("all", Map.of("memory.events", events)))).ofEnded())
                .isEmpty();
    }

    @Test
    void aCeilingThatWasReachedWithoutKillsDidNotEndIt() throws Exception {
        String events = "low 0\nhigh 0\nmax 90\noom 0\noom_kill 0\n";
        assertThat(new Exhaustion(List.of(cgroup("all", Map.of("memory.events", events)))).ofEnded())
                .isEmpty();
    }

    @Test
    void processesUpToTheCeilingAreWhyItDoesNotAnswer() throws Exception {
        Path memory = cgroup("memory", Map.of("memory.limit_in_bytes", "400000000\n"));
        Path full = cgroup("full", Map.of("pids.current", "4090\n", "pids.max", "4096\n"));
        Path roomy = cgroup("roomy", Map.of("pids.current", "3000\n", "pids.max", "4096\n"));
        assertThat(new Exhaustion(List.of(memory, full)).ofSilent())
                .isEqualTo("starts nothing more: it has 4090 processes of the 4096 that it may have");
        assertThat(new Exhaustion(List.of(memory, roomy)).ofSilent()).isEmpty();
    }

    @Test
    void withoutCgroupsNothingIsTold() {
        assertThat(new Exhaustion(List.of()).ofEnded()).isEmpty();
        assertThat(new Exhaustion(List.of()).ofSilent()).isEmpty();
    }

    private Path cgroup(String name, Map<String, String> files) throws IOException {
        Path cgroup = Files.createDirectory(folder.resolve(name));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(cgroup.resolve(file.getKey()), file.getValue());
        }
        return cgroup;
    }
}
