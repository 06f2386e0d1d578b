package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.guest.FakeTemplates;
import muster.orchestrator.matrix.Cell;
import muster.reports.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a cell's guest is resumed, and when it boots, and who is told why. */
class ResumeTest {

    private static final String PASSES = "echo PASS: a >>$MUSTER_JOURNAL; echo END: 1 >>$MUSTER_JOURNAL\n";

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private final FakeTemplates templates = driver.withTemplates();
    private TestCells cells;
    private TestFarm farm;

    @BeforeEach
    void makeFarm() throws IOException {
        cells = new TestCells(folder.resolve("suites"));
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(10 * TestCells.MEMORY, 10, 2));
    }

    @AfterEach
    void nothingIsLeft() {
        farm.close();
        assertThat(driver.running()).isEmpty();
    }

    @Test
    void aGuestIsResumedWhereItsDriverCan() throws Exception {
        assertThat(provenance(cells.cell("suite", PASSES))).doesNotContainKey("guest.cold");
        assertThat(templates.resumed()).isEqualTo(1);
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void aGuestThatCannotBeResumedBootsAndSaysWhy() throws Exception {
        templates.refuse("its template is just being made");
        assertThat(provenance(cells.cell("suite", PASSES)))
                .containsEntry("guest.cold", "its template is just being made");
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void aResumedGuestThatIsNotTheOneThatWasStartedIsNoTryAndItsTemplateIsNoGood() throws Exception {
        driver.boots(Boot.ANSWERS_WITH_ANOTHER_HOST_KEY, Boot.READY);
        assertThat(provenance(cells.cell("suite", PASSES)).get("guest.cold"))
                .startsWith("it did not answer when it was resumed");
        assertThat(templates.distrusted()).singleElement().asString().contains("cannot boot");
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void aStrictMatrixBoots() throws Exception {
        Cell cell = cells.cell("suite", PASSES);
        Cell strict = new Cell(
                cell.key(),
                cell.recipe(),
                cell.suite(),
                cell.variant(),
                new Cell.Shape(cell.guest().memoryBytes(), 1, true),
                cell.limits());
        assertThat(provenance(strict))
                .containsEntry("guest.cold", "the matrix is strict")
                .containsEntry("guest.strict", "true");
        assertThat(templates.resumed()).isZero();
    }

    private SortedMap<String, String> provenance(Cell cell) throws Exception {
        CellRun run = farm.queue(cell);
        run.run();
        assertThat(farm.result(run).line().outcome()).isEqualTo(Outcome.PASSED);
        return farm.result(run).provenance();
    }
}
