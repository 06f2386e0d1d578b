package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A suite makes the kernel of its guest give up. */
class PanicIT {

    private static final Duration LONG = Duration.ofMinutes(10);

    /** No measurement, which {@code muster bench panic} is: less than any time-out that could end an attempt as well. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String PANICS = """
            #!/bin/sh
            echo 'PASS: before' >>"$MUSTER_JOURNAL"
            echo c >/proc/sysrq-trigger
            printf 'FAIL: after\\nEND: 2\\n' >>"$MUSTER_JOURNAL"
            """;

    @TempDir
    Path folder;

    @Test
    void aPanicOnUmlIsTheStoredOutcome() throws Exception {
        panics("uml");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "muster.full",
            matches = "true",
            disabledReason = "runs with ./muster verify --full")
    void aPanicOnQemuIsTheStoredOutcome() throws Exception {
        panics("qemu");
    }

    private void panics(String driver) throws Exception {
        Installation installation = new Installation(
                TestImages.ROOT,
                TestImages.KEPT.folder(),
                Set.of("toybox"),
                GuestDrivers.names(),
                List.of(TestSuite.write(folder, "panic", 1, PANICS)));
        FarmConfig config = installation.farm();
        Path file = Files.writeString(folder.resolve("panic.yaml"), """
                matrix: panic
                distributions: [debian-12]
                suites: { panic: {} }
                guest: { memory: 512M, cpus: 1, driver: [%s] }
                """.formatted(driver));
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config);
        try (HeldFarm farm = HeldFarm.open(installation, config, TestImages.KEPT, Clock.systemUTC())) {
            List<CellRun> runs = farm.queue(matrix, matrix.cells());
            CellRun run = runs.getFirst();
            Path console = TestImages.KEPT.attempt(run.id().id()).resolve("guest/console.log");
            Thread running = Thread.ofVirtual().start(() -> farm.run(runs));
            await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> says(console, "Kernel panic"));
            assertThat(running.join(SOON)).as("ended and stored").isTrue();
            CellView cell =
                    farm.store().history().cell(run.id().run(), run.key()).orElseThrow();
            assertThat(cell.line().outcome()).as(cell.line().why()).isEqualTo(Outcome.PANICKED);
            assertThat(cell.line().why())
                    .startsWith("Kernel panic - not syncing: sysrq triggered crash; its console ends:\n")
                    .contains("muster-ready", "sysrq: Trigger a crash");
            assertThat(cell.files()).anySatisfy(kept -> assertThat(kept.role()).isEqualTo("console"));
            assertThat(TestImages.KEPT.attempt(run.id().id())).doesNotExist();
        }
    }

    private static boolean says(Path console, String words) throws IOException {
        return Files.exists(console)
                && Files.readString(console, StandardCharsets.ISO_8859_1).contains(words);
    }
}
