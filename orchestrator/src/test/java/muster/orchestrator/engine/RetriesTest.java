package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.reports.Attempt;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private TestFarm farm;

    @BeforeEach
    void open() throws IOException {
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(20 * TestCells.MEMORY, 20, 4));
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void whatTheFarmFailedIsTriedAgainAndSaysWhatCameBefore() throws Exception {
        driver.boots(Boot.CANNOT_START, Boot.CANNOT_START, Boot.READY);
        CellView cell =
                run(1, 2, "printf 'PASS: a\nEND: 1\n' >>$MUSTER_JOURNAL").getFirst();
        assertThat(cell.line().outcome()).as(cell.line().why()).isEqualTo(Outcome.PASSED);
        assertThat(cell.attempts())
                .extracting(CellView.AttemptLine::kind)
                .containsExactly(Attempt.Kind.MAIN, Attempt.Kind.RETRY, Attempt.Kind.RETRY);
        assertThat(cell.attempts())
                .extracting(CellView.AttemptLine::state)
                .containsExactly("refused", "refused", "passed");
        assertThat(cell.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("attempt 3; the first: refused: cannot start a guest for ")
                        .contains("; the second: refused: cannot start"));
        assertThat(farm.board().snapshot().getFirst().found()).startsWith("attempt 3; the first: refused");
    }

    @Test
    void theMatrixSaysHowOften() throws Exception {
        driver.boots(Boot.CANNOT_START);
        assertThat(run(1, 0, "exit 0").getFirst().attempts()).hasSize(1);
        assertThat(run(1, 2, "exit 0").getFirst().attempts()).hasSize(3);
    }

    @Test
    void whatTheDistributionFailedIsNotTriedAgain() throws Exception {
        assertThat(run(1, 2, "exit 1").getFirst().attempts()).hasSize(1);
    }

    @Test
    void aBrokenHostDoesNotGoOnAllNight() throws Exception {
        driver.boots(Boot.CANNOT_START);
        List<CellView> cells = run(40, 3, "exit 0");
        assertThat(cells.stream().mapToInt(cell -> cell.attempts().size()).sum())
                .isEqualTo(40 + 4);
    }

    private List<CellView> run(int count, int retries, String script) throws IOException {
        TestCells cells = new TestCells(folder.resolve("suites"));
        List<Cell> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(cells.cell("suite-" + i, script, TestCells.retries(retries)));
        }
        List<CellRun> runs = farm.queue(all);
        Retries budget = new Retries(Home.open(folder.resolve("home")), Duration.ZERO);
        budget.allow(runs.getFirst().id().run(), count);
        new LocalEngine(budget::after).run(runs);
        return runs.stream().map(farm::result).toList();
    }
}
