package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a host whose memory somebody else presses hard: real pressure, as its kernel counts it, and real guests. */
class MemoryPressureIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final double HARD = 12;
    private static final String PRESSED = "waiting until memory is in less demand";

    @TempDir
    Path folder;

    @Test
    void whatRunsGoesOnAndNothingNewBeginsUntilThePressureIsGone() throws Exception {
        assumeTrue(MemoryHog.isPossible(), "needs root, and a kernel that tells of memory pressure");
        try (MusterProcess service = MusterProcess.start("serve")) {
            service.awaitSaying("at work in ");
            queue("half");
            service.awaitSaying("sleep:half@uml running");
            try (MemoryHog hog = MemoryHog.start(folder)) {
                await().atMost(LONG).until(() -> {
                    assertThat(hog.isAlive()).isTrue();
                    return MemoryHog.pressure() > HARD;
                });
                queue("short");
                await().atMost(LONG)
                        .until(() -> MusterProcess.run(LONG, "status", "--json")
                                .output()
                                .contains(PRESSED));
                service.awaitSaying("sleep:half@uml passed");
                assertThat(service.output()).doesNotContain("sleep:short@uml booting");
            }
            service.awaitSaying("sleep:short@uml passed");
            service.terminate();
            assertThat(service.await(LONG)).isZero();
        }
    }

    private void queue(String variant) throws IOException, InterruptedException {
        Path matrix = Files.writeString(folder.resolve(variant + ".yaml"), """
                matrix: %1$s
                distributions: [debian-12]
                suites: { sleep: { variants: [%1$s] } }
                guest: { driver: [uml] }
                """.formatted(variant));
        MusterProcess queued = MusterProcess.run(LONG, "queue", matrix.toString());
        assertThat(queued.exitCode()).as(queued.output()).isZero();
    }
}
