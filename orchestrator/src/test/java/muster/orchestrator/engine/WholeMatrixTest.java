package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.reports.Outcome;
import muster.reports.view.CellLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night's worth of cells from the queue to the store, in guests that are SSH servers. */
class WholeMatrixTest {

    private static final int CELLS = 100;
    private static final int AT_ONCE = 16;

    @TempDir
    Path folder;

    @Test
    void everyCellOfALargeMatrixIsStoredAsItEndedAndNothingIsLeft() throws Exception {
        FakeDriver driver = new FakeDriver();
        Admission admission = new Admission(AT_ONCE * TestCells.MEMORY, CELLS, AT_ONCE);
        try (TestFarm farm = new TestFarm(folder.resolve("home"), driver, admission)) {
            List<CellRun> runs = farm.queue(cells());
            new LocalEngine((run, ending) -> Optional.empty()).run(runs);

            long number = runs.getFirst().id().run();
            List<CellLine> stored = farm.store().history().cells(number);
            assertThat(stored).hasSize(CELLS);
            for (int i = 0; i < CELLS; i++) {
                CellLine line = farm.result(runs.get(i)).line();
                assertThat(line.outcome()).as(line.why()).isEqualTo(outcome(i));
                assertThat(line.counts().total()).isEqualTo(cases(i));
                assertThat(farm.folder(runs.get(i))).doesNotExist();
            }
            assertThat(farm.store().openAttempts()).isEmpty();
            assertThat(driver.running()).isEmpty();
            assertThat(driver.started()).isEqualTo(CELLS);
            assertThat(driver.mostMemory()).isEqualTo(AT_ONCE * TestCells.MEMORY);
        }
    }

    /** Every third has a case that fails, and no two neighbours have as many cases. */
    private List<Cell> cells() throws Exception {
        TestCells cells = new TestCells(folder.resolve("suites"));
        List<Cell> all = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            StringBuilder journal = new StringBuilder();
            for (int k = 0; k < cases(i); k++) {
                journal.append(k == 0 && outcome(i) == Outcome.FAILED ? "FAIL" : "PASS")
                        .append(": case ")
                        .append(k)
                        .append("\\n");
            }
            all.add(cells.cell("suite-" + i, "printf '%sEND: %d\\n' >>$MUSTER_JOURNAL".formatted(journal, cases(i))));
        }
        return all;
    }

    private static Outcome outcome(int cell) {
        return cell % 3 == 0 ? Outcome.FAILED : Outcome.PASSED;
    }

    private static int cases(int cell) {
        return 1 + cell % 7;
    }
}
