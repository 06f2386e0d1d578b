package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {

    private final Map<Long, Long> parents = new HashMap<>(Map.of(2L, 1L, 3L, 2L, 4L, 3L, 9L, 1L));
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(100_000);
    private final ProcessTree tree = new ProcessTree(
            () -> {
                looks.incrementAndGet();
                return Map.copyOf(parents);
            },
            now::get);

    @Test
    void childrenOfChildrenBelongToAProcessAndOthersDoNot() {
        assertThat(tree.of(old(2))).containsExactly(2L, 3L, 4L);
        assertThat(tree.of(old(9))).containsExactly(9L);
    }

    @Test
    void thoseWhoAskAtAboutTheSameTimeShareOneLook() {
        for (long pid = 1; pid < 1_000; pid++) {
            tree.of(old(pid));
        }
        assertThat(looks).hasValue(1);
        parents.put(5L, 4L);
        now.addAndGet(300);
        assertThat(tree.of(old(2))).contains(5L);
        assertThat(looks).hasValue(2);
    }

    @Test
    void whoHasJustBegunIsLookedAtAnew() {
        tree.of(old(2));
        parents.put(7L, 6L);
        HostProcess young = new HostProcess(6, now.get() - 100, "boot");
        assertThat(tree.of(young)).containsExactly(6L, 7L);
        parents.put(8L, 7L);
        now.addAndGet(50);
        assertThat(tree.of(young)).containsExactly(6L, 7L, 8L);
        now.addAndGet(100);
        tree.of(young);
        now.addAndGet(100);
        assertThat(tree.of(young)).containsExactly(6L, 7L, 8L);
        assertThat(looks).hasValue(4);
    }

    private static HostProcess old(long pid) {
        return new HostProcess(pid, 0, "boot");
    }

    @Test
    void aNumberThatWasGivenAgainMeanwhileClosesNoCircle() {
        parents.put(2L, 4L);
        assertThat(tree.of(old(2))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void theProcessesOfThisHostAreSeen() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            ProcessTree fresh = ProcessTree.ofHost();
            assertThat(fresh.of(HostProcess.of(ProcessHandle.current().pid()).orElseThrow()))
                    .contains(child.pid());
        } finally {
            child.destroyForcibly();
        }
    }
}
