package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator died between two attempts: whatever it had stored, nothing of it is under way. */
class UnbegunTest {

    private static final String PASSES = "printf 'PASS: a\\nEND: 1\\n' >>$MUSTER_JOURNAL";

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private TestFarm farm;
    private Cell cell;

    @BeforeEach
    void open() throws IOException {
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(TestCells.MEMORY, 1, 1));
        cell = new TestCells(folder.resolve("suites")).cell("suite", PASSES, TestCells.retries(1));
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aRetryThatWasDueIsBegunAndSaysWhatCameBefore() throws Exception {
        driver.boots(Boot.CANNOT_START, Boot.READY);
        long run = run();
        assertThat(farm.store().openAttempts()).isEmpty();
        begin(run, true);
        CellRun retry = farm.takeUp(cell);
        assertThat(retry.id().kind()).isEqualTo(Attempt.Kind.RETRY);
        assertThat(retry.retries()).isEqualTo(1);
        retry.run();
        CellView result = farm.result(retry);
        assertThat(result.line().outcome()).as(result.line().why()).isEqualTo(Outcome.PASSED);
        assertThat(result.notes())
                .anySatisfy(note ->
                        assertThat(note).startsWith("attempt 2; the first: refused: cannot start a guest for "));
    }

    @Test
    void noMoreAreBegunThanTheMatrixAllows() throws Exception {
        driver.boots(Boot.CANNOT_START);
        long run = run();
        begin(run, true);
        begin(run, true);
        assertThat(farm.store().openAttempts()).as("one is under way").hasSize(1);
        farm.takeUp(cell).run();
        begin(run, true);
        assertThat(farm.store().openAttempts()).isEmpty();
    }

    @Test
    void noMoreAreBegunThanTheRunMayHave() throws Exception {
        driver.boots(Boot.CANNOT_START);
        begin(run(), false);
        assertThat(farm.store().openAttempts()).isEmpty();
    }

    @Test
    void whatTheFarmDidNotFailIsNotBegunAgain() throws Exception {
        begin(run(), true);
        assertThat(farm.store().openAttempts()).isEmpty();
    }

    @Test
    void aCellThatNeverBeganIsBegun() throws Exception {
        long run = farm.store()
                .queue(new NewRun("test", "digest", Clock.systemUTC().instant(), Map.of(), List.of(cell.key())));
        begin(run, false);
        assertThat(farm.store().openAttempts())
                .singleElement()
                .extracting(Attempt::kind)
                .isEqualTo(Attempt.Kind.MAIN);
    }

    /** Runs the cell's main attempt to its end; the number of its run. */
    private long run() {
        CellRun main = farm.queue(cell);
        main.run();
        return main.id().run();
    }

    private void begin(long run, boolean left) throws IOException {
        Cell elsewhere = new TestCells(folder.resolve("suites")).cell("not-of-this-run", PASSES);
        new Unbegun(Home.open(folder.resolve("home")), farm.store(), Clock.systemUTC())
                .begin(run, List.of(cell, elsewhere), asked -> left);
    }
}
