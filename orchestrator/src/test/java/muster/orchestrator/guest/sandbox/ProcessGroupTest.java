package muster.orchestrator.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGroupTest {

    @TempDir
    Path unified;

    @Test
    void theControllerIsFoundInBothVersionsOfCgroups() throws Exception {
        Files.writeString(unified.resolve("cgroup.controllers"), "cpu memory pids\n");
        assertThat(ProcessGroup.hierarchy(List.of(
                        "proc /proc proc rw 0 0",
                        "cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0",
                        "cgroup /sys/fs/cgroup/pids cgroup rw,relatime,pids 0 0")))
                .contains(Path.of("/sys/fs/cgroup/pids"));
        assertThat(ProcessGroup.hierarchy(List.of("cgroup2 " + unified + " cgroup2 rw,relatime 0 0")))
                .contains(unified);
    }

    @Test
    void aHostWithoutTheControllerHasNoGroup() throws Exception {
        Files.writeString(unified.resolve("cgroup.controllers"), "hugetlb\n");
        assertThat(ProcessGroup.hierarchy(List.of(
                        "cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0",
                        "cgroup2 " + unified + " cgroup2 rw,relatime 0 0",
                        "cgroup2 /nowhere cgroup2 rw,relatime 0 0")))
                .isEmpty();
    }
}
