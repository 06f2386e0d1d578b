package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of three cells one runs at a time: guests of User-Mode Linux are booted ahead for the others, and claimed. */
class WarmPoolIT {

    private static final String SUITE = """
            #!/bin/sh
            sleep 12
            ls /var/lib/was-here 2>/dev/null && echo 'FAIL: pristine' >>"$MUSTER_JOURNAL"
            touch /var/lib/was-here
            echo "PASS: $(cat /run/muster/nonce)" >>"$MUSTER_JOURNAL"
            echo 'END: 1' >>"$MUSTER_JOURNAL"
            """;

    @TempDir
    Path folder;

    @Test
    void cellsThatWaitFindGuestsThatWereBootedAhead() throws Exception {
        Files.writeString(folder.resolve("farm.yaml"), "cpus: 1\npool: { guests: 1 }\n");
        Installation installation = new Installation(
                TestImages.ROOT,
                folder,
                Set.of("toybox"),
                GuestDrivers.names(),
                List.of(
                        TestSuite.write(folder, "one", 1, SUITE),
                        TestSuite.write(folder, "two", 1, SUITE),
                        TestSuite.write(folder, "three", 1, SUITE)));
        FarmConfig config = installation.farm();
        Path file = Files.writeString(folder.resolve("ahead.yaml"), """
                matrix: ahead
                distributions: [debian-12]
                suites: { one: {}, two: {}, three: {} }
                guest: { memory: 256M, cpus: 1, driver: [uml] }
                limits: { suite: 3m }
                """);
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config);
        try (HeldFarm farm = HeldFarm.open(installation, config, TestImages.KEPT, Clock.systemUTC())) {
            List<CellRun> runs = farm.queue(matrix, matrix.cells());
            farm.run(runs);
            List<CellView> cells = runs.stream()
                    .map(run -> farm.store()
                            .history()
                            .cell(run.id().run(), run.key())
                            .orElseThrow())
                    .toList();
            assertThat(cells)
                    .allSatisfy(cell -> assertThat(cell.line().outcome())
                            .as(cell.line().why())
                            .isEqualTo(Outcome.PASSED));
            assertThat(cells.stream().map(CellView::provenance).filter(facts -> facts.containsKey("guest.pooled")))
                    .hasSize(2)
                    .extracting(Object::toString)
                    .doesNotHaveDuplicates();
            assertThat(farm.farm().boots().readyAhead()).isZero();
            assertThat(leftOf(TestImages.KEPT.pool())).isEmpty();
        }
    }

    private static List<Path> leftOf(Path pool) throws IOException {
        try (Stream<Path> folders = Files.list(pool)) {
            return folders.toList();
        }
    }
}
