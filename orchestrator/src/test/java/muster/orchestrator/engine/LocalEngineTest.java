package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.reports.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineTest {

    private static final int CELLS = 40;
    private static final int AT_ONCE = 5;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private final LocalEngine engine = new LocalEngine();
    private TestFarm farm;

    @BeforeEach
    void open() throws IOException {
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(AT_ONCE * TestCells.MEMORY, CELLS, 2));
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void manyCellsShareTheMemoryThatThereIs() throws Exception {
        List<CellRun> runs = queue("printf 'PASS: a\\nEND: 1\\n' >>$MUSTER_JOURNAL");
        engine.run(runs);
        assertThat(runs).allSatisfy(run -> assertEnded(run, Outcome.PASSED));
        assertThat(driver.started()).isEqualTo(CELLS);
        assertThat(driver.mostMemory()).isEqualTo(AT_ONCE * TestCells.MEMORY);
    }

    @Test
    void stoppingCancelsWhatRunsWhatWaitsAndWhatIsBegunLater() throws Exception {
        List<CellRun> runs = queue("echo PASS: a >>$MUSTER_JOURNAL; sleep 60");
        List<CellRun> later = queue("exit 0");
        Thread running = Thread.ofVirtual().start(() -> engine.run(runs));
        await().atMost(SOON).until(() -> driver.running().size() == AT_ONCE);
        engine.stop();
        running.join();
        int started = driver.started();
        engine.run(later);
        assertThat(runs).allSatisfy(run -> assertEnded(run, Outcome.CANCELLED));
        assertThat(later).allSatisfy(run -> assertEnded(run, Outcome.CANCELLED));
        assertThat(driver.running()).isEmpty();
        assertThat(driver.started()).isEqualTo(started);
        assertThat(farm.store().openAttempts()).isEmpty();
    }

    @Test
    void whoeverInterruptsTheCallerCancelsAllCells() throws Exception {
        List<CellRun> runs = queue("sleep 60");
        Thread running = Thread.ofVirtual().start(() -> engine.run(runs));
        await().atMost(SOON).until(() -> driver.running().size() == AT_ONCE);
        running.interrupt();
        running.join();
        assertThat(runs).allSatisfy(run -> assertEnded(run, Outcome.CANCELLED));
        assertThat(driver.running()).isEmpty();
    }

    @Test
    void cellsAreCancelledByTheirKey() throws Exception {
        List<CellRun> runs = queue("sleep 60").subList(0, 2);
        Thread running = Thread.ofVirtual().start(() -> engine.run(runs));
        await().atMost(SOON).until(() -> driver.running().size() == 2);
        assertThat(engine.cancel(runs.get(0)::equals)).isEqualTo(1);
        await().atMost(SOON).untilAsserted(() -> assertEnded(runs.get(0), Outcome.CANCELLED));
        assertThat(driver.running()).hasSize(1);
        assertThat(farm.result(runs.get(1)).line().outcome()).isNull();
        engine.stop();
        running.join();
    }

    private List<CellRun> queue(String script) throws IOException {
        TestCells cells = new TestCells(folder.resolve("suites"));
        List<Cell> all = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            all.add(cells.cell("suite-" + i, script));
        }
        return farm.queue(all);
    }

    private void assertEnded(CellRun run, Outcome outcome) {
        assertThat(farm.result(run).line().outcome())
                .as(farm.result(run).line().why())
                .isEqualTo(outcome);
        assertThat(farm.folder(run)).doesNotExist();
    }
}
