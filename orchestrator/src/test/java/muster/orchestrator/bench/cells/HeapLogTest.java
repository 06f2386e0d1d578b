package muster.orchestrator.bench.cells;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapLogTest {

    @Test
    void theMostBeforeAndAfterAnyCollectionIsTold() {
        HeapLog heap = HeapLog.of("""
                [0.006s][info][gc] Using Serial
                [1.200s][info][gc] GC(0) Pause Young (Allocation Failure) 300M->120M(494M) 5.112ms
                [3.700s][info][gc] GC(1) Pause Full (Metadata GC Threshold) 250M->180M(990M) 45.112ms
                [4.700s][info][gc] GC(2) Pause Young (Allocation Failure) 290M->90M(990M) 4.001ms
                """);
        assertThat(heap).isEqualTo(new HeapLog(300, 180, 45.112));
    }
}
