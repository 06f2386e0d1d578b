package muster.orchestrator.guest.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With plain folders for hierarchies: files that the kernel would make are there beforehand. */
class CgroupsTest {

    private static final Cgroups.Ceilings CEILINGS = new Cgroups.Ceilings(512L << 20, 4096, 2);

    @TempDir
    Path folder;

    @Test
    void hierarchiesOfVersion1AreLimitedEachByItsOwnController() throws Exception {
        Path memory = hierarchy("memory", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes");
        Path pids = hierarchy("pids", "pids.max");
        Path cpu = hierarchy("cpu", "cpu.shares");
        Files.createFile(cpu.resolve("muster/cpu.shares"));
        Cgroups cgroups = new Cgroups(List.of(memory, pids, cpu), "guest");
        cgroups.make(CEILINGS);
        assertThat(cpu.resolve("muster/cpu.shares")).hasContent("8192");
        assertThat(memory.resolve("muster/guest/memory.limit_in_bytes")).hasContent("536870912");
        assertThat(memory.resolve("muster/guest/memory.memsw.limit_in_bytes")).hasContent("536870912");
        assertThat(pids.resolve("muster/guest/pids.max")).hasContent("4096");
        assertThat(cpu.resolve("muster/guest/cpu.shares")).hasContent("2048");
        assertThat(cgroups.doors()).contains(memory.resolve("muster/guest/cgroup.procs"));
    }

    @Test
    void theOneHierarchyOfVersion2GivesItsControllersOnAndHasProcessesInALeafAlone() throws Exception {
        Path unified = hierarchy(
                "unified", "memory.max", "memory.swap.max", "pids.max", "cpu.weight", "cgroup.subtree_control");
        for (Path above : List.of(unified, unified.resolve("muster"))) {
            Files.writeString(above.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
            Files.createFile(above.resolve("cgroup.subtree_control"));
        }
        Cgroups cgroups = new Cgroups(List.of(unified), "guest");
        cgroups.make(CEILINGS);
        assertThat(unified.resolve("muster/cgroup.subtree_control")).hasContent("+memory +pids +cpu");
        assertThat(unified.resolve("muster/guest/memory.max")).hasContent("536870912");
        assertThat(unified.resolve("muster/guest/memory.swap.max")).hasContent("0");
        assertThat(unified.resolve("muster/guest/cpu.weight")).hasContent("200");
        assertThat(cgroups.doors()).containsExactly(unified.resolve("muster/guest/init.scope/cgroup.procs"));
    }

    @Test
    void aHostThatCannotLimitMemoryIsRefused() throws Exception {
        Cgroups cgroups = new Cgroups(List.of(hierarchy("pids", "pids.max")), "guest");
        assertThatThrownBy(() -> cgroups.make(CEILINGS))
                .isInstanceOf(FarmFailed.class)
                .hasMessageContaining("no cgroup here has the controller memory");
    }

    private Path hierarchy(String name, String... files) throws IOException {
        Path root = folder.resolve(name);
        Path guest = Files.createDirectories(root.resolve("muster/guest"));
        for (String file : files) {
            Files.createFile(guest.resolve(file));
        }
        return root;
    }
}
