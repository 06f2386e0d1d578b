package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.reports.Attempt;
import muster.reports.Confirmation;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellView;
import muster.reports.view.CellView.AttemptLine;
import muster.reports.view.NewFailure;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second night in which cases fail that the first one passed. */
class ConfirmationsTest {

    private static final String FAILS = "printf '%s\\n' \"FAIL: $1\" 'END: 1' >>$MUSTER_JOURNAL\n";

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private TestFarm farm;
    private Confirmations confirmations;

    @BeforeEach
    void open() throws IOException {
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(20 * TestCells.MEMORY, 20, 4));
        confirmations = new Confirmations(farm.farm(), new CellRuns(farm.farm()));
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void whatFailsAgainIsARegressionAndWhatPassesIsFlaky() throws Exception {
        night(cell("PASS", 2, 2));
        Cell broken = cell("FAIL", 2, 2);
        runCase(secondTime() + FAILS.replace("FAIL", "$word"));
        CellRun run = night(broken);
        assertThat(said(run))
                .containsExactly(
                        tuple("case-1", "regression: failed 2 of 2 times again"),
                        tuple("case-2", "flaky: failed 1 of 2 times again"));
        CellView view = farm.result(run);
        assertThat(view.attempts())
                .extracting(AttemptLine::kind, AttemptLine::onlyCase, AttemptLine::verdict)
                .containsExactly(
                        tuple(Attempt.Kind.MAIN, null, null),
                        tuple(Attempt.Kind.CONFIRM, "case-1", Verdict.FAIL),
                        tuple(Attempt.Kind.CONFIRM, "case-1", Verdict.FAIL),
                        tuple(Attempt.Kind.CONFIRM, "case-2", Verdict.FAIL),
                        tuple(Attempt.Kind.CONFIRM, "case-2", Verdict.PASS));
        assertThat(view.line().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(farm.store()
                        .history()
                        .caseHistory("suite", "case-2", 9)
                        .orElseThrow()
                        .lanes()
                        .values())
                .as("history is what the main attempts said")
                .containsExactly(List.of(Verdict.PASS, Verdict.FAIL));
        assertThat(driver.started()).as("a fresh guest for each").isEqualTo(2 + 4);
        assertThat(farm.board().snapshot())
                .as("nothing of it stays on the board")
                .extracting(status -> status.attempt().kind())
                .containsOnly(Attempt.Kind.MAIN);
    }

    @Test
    void moreThanFiftyAreTooMany() throws Exception {
        night(cell("PASS", 51, 1));
        CellRun run = night(cell("FAIL", 51, 1));
        assertThat(farm.result(run).attempts()).hasSize(1);
        assertThat(farm.result(run).confirmations())
                .containsExactly(java.util.Map.entry("", Confirmation.unconfirmed("too many")));
        assertThat(farm.store().history().run(run.id().run()).orElseThrow().confirmed())
                .isEqualTo("51 unconfirmed");
    }

    @Test
    void fiftyAreNot() throws Exception {
        night(cell("PASS", 50, 1));
        Cell broken = cell("FAIL", 50, 1);
        CellRun run = farm.queue(List.of(broken)).getFirst();
        run.run();
        assertThat(confirmations.due(run.id().run(), broken)).hasValueSatisfying(next -> {
            assertThat(next.id().kind()).isEqualTo(Attempt.Kind.CONFIRM);
            assertThat(next.id().onlyCase()).isEqualTo("case-1");
        });
    }

    @Test
    void whatIsWaivedIsNotRunAgain() throws Exception {
        night(cell("PASS", 2, 1));
        farm.waive("case-2", LocalDate.now(ZoneOffset.UTC).plusDays(1));
        Cell broken = cell("FAIL", 2, 1);
        runCase(FAILS);
        assertThat(said(night(broken)))
                .containsExactly(tuple("case-1", "regression: failed 1 of 1 time again"), tuple("case-2", ""));
    }

    @Test
    void noneIsRunAgainWhereTheMatrixDoesNotSaySo() throws Exception {
        night(cell("PASS", 1, 0));
        CellRun run = night(cell("FAIL", 1, 0));
        assertThat(farm.result(run).attempts()).hasSize(1);
        assertThat(said(run)).containsExactly(tuple("case-1", ""));
    }

    @Test
    void noOtherGuestIsAtWorkMeanwhile() throws Exception {
        List<Cell> good = new ArrayList<>();
        List<Cell> broken = new ArrayList<>();
        TestCells cells = new TestCells(folder.resolve("suites"));
        for (int at = 0; at < 4; at++) {
            good.add(cells.cell("suite-" + at, script("PASS", 1), confirming(2)));
        }
        night(good.toArray(Cell[]::new));
        for (int at = 0; at < 4; at++) {
            broken.add(cells.cell("suite-" + at, "sleep 0." + at + "\n" + script("FAIL", 1), confirming(2)));
        }
        List<Integer> beside = Collections.synchronizedList(new ArrayList<>());
        farm.board().onChange(status -> {
            if (status.attempt().kind() == Attempt.Kind.CONFIRM && status.step() == Step.RUNNING) {
                beside.add(driver.running().size());
            }
        });
        night(broken.toArray(Cell[]::new));
        assertThat(beside).as("guests while one was confirming").hasSize(8).containsOnly(1);
    }

    @Test
    void aGuestThatTheFarmFailsIsNoAnswer() throws Exception {
        night(cell("PASS", 1, 1));
        Cell broken = cell("FAIL", 1, 1);
        runCase(FAILS);
        driver.boots(Boot.READY, Boot.CANNOT_START, Boot.READY);
        assertThat(said(night(broken))).containsExactly(tuple("case-1", "regression: failed 1 of 1 time again"));
        night(cell("PASS", 1, 1));
        driver.boots(Boot.READY, Boot.CANNOT_START);
        assertThat(said(night(cell("FAIL", 1, 1))))
                .containsExactly(tuple("case-1", "unconfirmed: its guests came to nothing"));
    }

    @Test
    void anotherProcessGoesOnWhereOneEnded() throws Exception {
        night(cell("PASS", 2, 2));
        Cell broken = cell("FAIL", 2, 2);
        runCase(FAILS);
        CellRun run = farm.queue(List.of(broken)).getFirst();
        int[] left = {2};
        new LocalEngine((ended, ending) -> left[0]-- > 0 ? confirmations.after(ended, ending) : Optional.empty())
                .run(List.of(run));
        assertThat(farm.result(run).attempts()).hasSize(3);
        Optional<CellRun> next = new Confirmations(farm.farm(), new CellRuns(farm.farm()))
                .due(run.id().run(), broken);
        new LocalEngine(confirmations::after).run(List.of(next.orElseThrow()));
        assertThat(farm.result(run).attempts()).hasSize(5);
        assertThat(said(run))
                .extracting(each -> each.toList().get(1))
                .containsOnly("regression: failed 2 of 2 times again");
        assertThat(confirmations.due(run.id().run(), broken)).isEmpty();
    }

    private CellRun night(Cell... cells) {
        List<CellRun> runs = farm.queue(List.of(cells));
        new LocalEngine(confirmations::after).run(runs);
        return runs.getFirst();
    }

    private Cell cell(String word, int cases, int confirmations) throws IOException {
        return new TestCells(folder.resolve("suites")).cell("suite", script(word, cases), confirming(confirmations));
    }

    private static String script(String word, int cases) {
        return IntStream.rangeClosed(1, cases)
                        .mapToObj(at -> "echo '" + word + ": case-" + at + "' >>$MUSTER_JOURNAL\n")
                        .collect(Collectors.joining())
                + "echo 'END: " + cases + "' >>$MUSTER_JOURNAL\n";
    }

    /** Sets $word to PASS when case-2 is run the second time, else to FAIL. */
    private String secondTime() {
        return """
                word=FAIL
                if [ "$1" = case-2 ]; then
                  [ -e %1$s/once ] && word=PASS
                  : >%1$s/once
                fi
                """.formatted(folder);
    }

    private void runCase(String script) throws IOException {
        Files.writeString(folder.resolve("suites/suite/run-case"), "#!/bin/sh\n" + script);
    }

    private static Cell.Limits confirming(int times) {
        Duration limit = Duration.ofSeconds(60);
        return new Cell.Limits(limit, limit, limit, 1, times);
    }

    /** What is said of each new failure, by name. */
    private List<org.assertj.core.groups.Tuple> said(CellRun run) {
        return farm.store().history().newFailures(run.id().run(), run.key(), 99).stream()
                .sorted(Comparator.comparing(NewFailure::name))
                .map(failure -> tuple(
                        failure.name(),
                        failure.confirmation() == null
                                ? ""
                                : failure.confirmation().words()))
                .toList();
    }
}
