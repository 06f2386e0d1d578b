package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.guest.FakeGuest;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One attempt from clone to stored verdicts, in guests that do as they are told. */
class CellRunTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private FakeDriver driver = new FakeDriver();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final Thread.Builder threads =
            Thread.ofVirtual().uncaughtExceptionHandler((thread, why) -> broken.add(why));
    private TestCells cells;
    private TestFarm farm;

    @BeforeEach
    void makeFarm() throws IOException {
        cells = new TestCells(folder.resolve("suites"));
        farm = open();
    }

    @AfterEach
    void nothingIsLeft() {
        farm.close();
        assertThat(driver.running()).isEmpty();
    }

    private TestFarm open() throws IOException {
        return new TestFarm(folder.resolve("home"), driver, new Admission(10 * TestCells.MEMORY, 10, 2));
    }

    @Test
    void aPassingSuiteIsStoredAsPassedAndCompleteWithItsCounts() throws Exception {
        CellRun run = run(journal("PASS: a", "PASS: b", "SKIP: c", "END: 3"));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).line().counts()).isEqualTo(new Counts(Map.of(Verdict.PASS, 2, Verdict.SKIP, 1)));
        assertThat(farm.result(run).exitStatus()).isZero();
        assertThat(isComplete(run)).isTrue();
        assertThat(farm.kept(run, "journal")).isEqualTo("PASS: a\nPASS: b\nSKIP: c\nEND: 3\n");
        assertThat(farm.kept(run, "log")).isEqualTo("a word\n");
    }

    @Test
    void aFailingCaseIsData() throws Exception {
        CellRun run = run(journal("PASS: a", "FAIL: b", "END: 2"));
        assertEnd(run, Outcome.FAILED, "1 of 2 cases are bad");
        assertThat(farm.result(run).cases().getFirst().name()).isEqualTo("b");
        assertThat(isComplete(run)).isTrue();
    }

    @Test
    void oneCaseIsRunAloneWhateverItsName() throws Exception {
        CellRun run = execute(cells.cell("suite", "exit 3\n").only("it's $(one) \"case\""));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).cases())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isEqualTo("it's $(one) \"case\""));
        assertThat(farm.result(run).provenance()).containsEntry("suite.case", "it's $(one) \"case\"");
        assertThat(Entrance.read(farm.folder(run))).isEmpty();
    }

    @Test
    void anExitStatusOtherThanZeroIsNoPassThoughAllCasesPass() throws Exception {
        CellRun run = run(journal("PASS: a", "END: 1") + "exit 3\n");
        assertEnd(run, Outcome.FAILED, "exit status 3");
        assertThat(farm.result(run).exitStatus()).isEqualTo(3);
    }

    @Test
    void noCaseAtAllIsNeverAPass() throws Exception {
        assertEnd(run("exit 0\n"), Outcome.FAILED, "no case was reported");
        CellRun announced = run(journal("END: 0"));
        assertEnd(announced, Outcome.FAILED, "no case was reported");
        assertThat(isComplete(announced)).isFalse();
    }

    @Test
    void aTruncatedJournalIsNeverComplete() throws Exception {
        CellRun run = run(journal("PASS: a", "PASS: b"));
        assertEnd(run, Outcome.FAILED, "the journal stops before its end");
        assertThat(isComplete(run)).isFalse();
        assertThat(farm.result(run).line().counts().total()).isEqualTo(2);
    }

    @Test
    void aSuiteOverItsLimitIsTimedOut() throws Exception {
        CellRun run = execute(cells.cell(
                "late",
                "while :; do echo PASS: $((n += 1)) >>$MUSTER_JOURNAL; sleep 0.1; done",
                TestCells.suite(SHORT)));
        assertEnd(run, Outcome.TIMED_OUT, "longer than 1s");
        assertThat(farm.result(run).line().counts().total()).isPositive();
        assertThat(isComplete(run)).isFalse();
    }

    @Test
    void aSuiteThatSaysNothingIsSilent() throws Exception {
        CellRun run = execute(cells.cell("silent", journal("PASS: a") + "sleep 60", TestCells.silence(SHORT)));
        assertEnd(run, Outcome.SILENT, "said nothing for 1s");
        assertThat(isComplete(run)).isFalse();
    }

    @Test
    void aGuestThatNeverBootsGetsTwoTriesAndItsConsoleIsKept() throws Exception {
        driver.boots(Boot.NEVER);
        CellRun run = execute(cells.cell("unreached", "exit 0", TestCells.boot(SHORT)));
        assertEnd(run, Outcome.BOOT_FAILED, "no SSH within PT1S", "Booting");
        assertThat(driver.started()).isEqualTo(2);
        assertThat(farm.kept(run, "console")).contains("Booting");
    }

    @Test
    void anImageThatNeverBootsIsFoundOutOnceAndNotOnceACell() throws Exception {
        driver.boots(Boot.NEVER);
        CellRun first = execute(cells.cell("first", "exit 0", TestCells.boot(SHORT)));
        CellRun second = execute(cells.cell("second", "exit 0", TestCells.boot(SHORT)));
        CellRun third = execute(cells.cell("third", "exit 0", TestCells.boot(SHORT)));
        assertEnd(first, Outcome.BOOT_FAILED, "no SSH within PT1S");
        assertThat(driver.started()).isEqualTo(2);
        assertThat(driver.forgottenAndSetUp()).containsExactly(1, 1);
        for (CellRun later : List.of(second, third)) {
            assertThat(farm.result(later).line().outcome()).isEqualTo(Outcome.BOOT_FAILED);
            assertThat(farm.result(later).line().why())
                    .startsWith("cannot boot " + later.key() + ": its image never boots on fake, as " + first.key()
                            + " found out: cannot boot " + first.key() + ": no SSH within PT1S");
            assertThat(farm.folder(later)).doesNotExist();
        }
    }

    @Test
    void anImageThatPanicsWhileBootingIsFoundOutOnceToo() throws Exception {
        driver.boots(Boot.PANICS);
        run("exit 0");
        CellRun second = run("exit 0");
        assertEnd(second, Outcome.BOOT_FAILED, "found out: Kernel panic - not syncing: VFS: Unable to mount root fs");
        assertThat(driver.started()).isEqualTo(2);
        assertThat(driver.forgottenAndSetUp())
                .as("a kernel that panics has booted")
                .containsExactly(0, 0);
    }

    @Test
    void whereTheDriverBootsNothingElseEitherTheFarmHasFailedAndNoImageIsBlamed() throws Exception {
        driver.boots(Boot.NEVER);
        driver.cannotBeSetUp("cannot run guests on fake here: it is told so");
        CellRun first = execute(cells.cell("first", "exit 0", TestCells.boot(SHORT)));
        assertEnd(first, Outcome.REFUSED, "cannot run guests on fake here: it is told so", "no SSH within PT1S");
        driver.boots(Boot.READY);
        assertEnd(run(journal("PASS: a", "END: 1")), Outcome.PASSED, "");
    }

    @Test
    void anImageThatHasBootedIsTriedByEveryCell() throws Exception {
        driver.boots(Boot.READY, Boot.NEVER, Boot.NEVER, Boot.READY);
        assertEnd(run(journal("PASS: a", "END: 1")), Outcome.PASSED, "");
        CellRun unlucky = execute(cells.cell("unlucky", "exit 0", TestCells.boot(SHORT)));
        assertEnd(unlucky, Outcome.BOOT_FAILED, "no SSH within PT1S");
        assertThat(driver.forgottenAndSetUp())
                .as("it boots guests, as everyone saw")
                .containsExactly(0, 0);
        assertEnd(run(journal("PASS: a", "END: 1")), Outcome.PASSED, "");
    }

    @Test
    void aCellWithMoreTimeToBootTriesForItself() throws Exception {
        driver.boots(Boot.NEVER, Boot.NEVER, Boot.READY);
        execute(cells.cell("hasty", "exit 0", TestCells.boot(SHORT)));
        assertEnd(run(journal("PASS: a", "END: 1")), Outcome.PASSED, "");
    }

    @Test
    void aSecondGuestMayBootWhereTheFirstDidNot() throws Exception {
        driver.boots(Boot.PANICS, Boot.READY);
        CellRun run = run(journal("PASS: a", "END: 1"));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void aPanicWhileBootingIsToldWithTheKernelsWord() throws Exception {
        driver.boots(Boot.PANICS);
        CellRun run = run("exit 0");
        assertEnd(run, Outcome.PANICKED, "Kernel panic - not syncing: VFS: Unable to mount root fs");
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void aPanicWhileTheSuiteRunsIsToldWithTheKernelsWord() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        guest().panic("Attempted to kill init!");
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.PANICKED, "Kernel panic - not syncing: Attempted to kill init!");
        assertThat(farm.kept(run, "journal")).isEqualTo("PASS: one\n");
        assertThat(farm.kept(run, "console")).contains("Attempted to kill init!");
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void aPanicEndsTheAttemptThoughTheMachineStays() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        guest().say("the line before");
        guest().panicAndStay("sysrq triggered crash");
        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        assertEnd(
                run,
                Outcome.PANICKED,
                "Kernel panic - not syncing: sysrq triggered crash; its console ends:\n",
                "the line before");
        assertThat(farm.kept(run, "journal")).isEqualTo("PASS: one\n");
    }

    @Test
    void whatElseAKernelSaysIsNotedWithTimeAndStepAndEndsNothing() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        guest().say("[   60.0] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:412]");
        await().atMost(SOON)
                .until(() -> farm.board().snapshot().getFirst().found().equals("console: soft lockup"));
        Files.createFile(folder.resolve("go"));
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).notes())
                .singleElement()
                .asString()
                .startsWith("console at 20")
                .contains("while running: soft lockup: [   60.0] watchdog: BUG: soft lockup");
    }

    @Test
    void aGuestThatWritesFindingsWithoutEndHasTheFirstKeptAndAllCounted() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        guest().say("Oops: 0002 [#1]\n".repeat(5_000) + "Out of memory: Killed process 1 (a)");
        await().atMost(SOON)
                .until(() -> farm.board().snapshot().getFirst().found().contains("oops"));
        Files.createFile(folder.resolve("go"));
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).notes())
                .hasSize(ConsoleWatch.KEPT + 1)
                .last()
                .isEqualTo("on the console in all: out-of-memory kill, oops 5000 times");
    }

    @Test
    void aGuestThatEndsWithoutAWordIsLost() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        guest().die();
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.LOST, "ended by itself: its process is gone");
    }

    @Test
    void aCellWhoseFailuresAreAllWaivedPassesAndItsCountsStandBothWays() throws Exception {
        farm.waive("b", LocalDate.now(ZoneOffset.UTC).plusDays(1));
        CellRun run = run(journal("PASS: a", "FAIL: b", "END: 2"));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).line().counts().bad()).isEqualTo(1);
        assertThat(farm.store()
                        .waivers()
                        .of(run.id().run(), ZoneOffset.UTC)
                        .get(run.key())
                        .count())
                .isEqualTo(1);
        CellRun worse = run(journal("FAIL: a", "FAIL: b", "END: 2"));
        assertEnd(worse, Outcome.FAILED, "1 of 2 cases are bad");
    }

    @Test
    void anExpiredWaiverLetsTheCellFailAndSaysSo() throws Exception {
        farm.waive("b", LocalDate.now(ZoneOffset.UTC).minusDays(2));
        CellRun run = run(journal("PASS: a", "FAIL: b", "END: 2"));
        assertEnd(run, Outcome.FAILED, "1 of 2 cases are bad");
        assertThat(farm.result(run).notes()).anyMatch(note -> note.startsWith("b: waiver 1 of Ada expired on "));
    }

    @Test
    void whatASuiteListedAndAGuestCutOffNeverStarted() throws Exception {
        CellRun run = farm.queue(cells.listing(inTwoParts(), "echo one; echo two"));
        Thread thread = begin(run);
        guest().die();
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.LOST, "its process is gone");
        assertThat(farm.result(run).line().counts())
                .isEqualTo(new Counts(Map.of(Verdict.PASS, 1, Verdict.UNINITIATED, 1)));
        assertThat(farm.kept(run, "manifest")).isEqualTo("one\ntwo\n");
    }

    @Test
    void aListedCaseThatTheSuiteLeavesOutIsNoPass() throws Exception {
        CellRun run = execute(cells.listing(cells.cell("suite", journal("PASS: a", "END: 1")), "echo a; echo b"));
        assertEnd(run, Outcome.FAILED, "1 of 2 cases are bad");
        assertThat(isComplete(run)).isTrue();
    }

    @Test
    void aSuiteThatCannotListItsCasesIsNotRun() throws Exception {
        CellRun run = execute(cells.listing(cells.cell("suite", "touch " + folder + "/ran"), "exit 3"));
        assertEnd(run, Outcome.REFUSED, "cannot list the cases");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aStartThatFailsIsRefusedAndNotTheDistributionsFailure() throws Exception {
        driver.boots(Boot.CANNOT_START);
        CellRun run = run("exit 0");
        assertEnd(run, Outcome.REFUSED, "cannot start a guest for " + run.key());
        assertThat(farm.result(run).line().outcome().isBad()).isFalse();
    }

    @Test
    void whatAnswersWithAnotherHostKeyIsNotTheGuest() throws Exception {
        driver.boots(Boot.ANSWERS_WITH_ANOTHER_HOST_KEY);
        CellRun run = run("touch " + folder + "/ran");
        assertEnd(run, Outcome.BOOT_FAILED, "its host key is not the one that this guest was given");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void cancellingEndsTheGuestAndLeavesNothing() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        thread.interrupt();
        thread.join();
        assertEnd(run, Outcome.CANCELLED, "cancelled by a person");
        assertThat(driver.running()).isEmpty();
        assertThat(farm.kept(run, "journal")).isEqualTo("PASS: one\n");
    }

    @Test
    void whatIsCancelledBeforeItBeginsIsCancelled() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        runInterrupted(run);
        assertEnd(run, Outcome.CANCELLED, "cancelled by a person");
        assertThat(driver.started()).isZero();
    }

    @Test
    void anAttemptIsTakenUpByTheNextOrchestratorWhileItsGuestRunsOn() throws Exception {
        Cell cell = inTwoParts();
        CellRun first = farm.queue(cell);
        crash(begin(first));
        Instant taken = Instant.now();
        farm = open();
        CellRun second = farm.takeUp(cell);
        Files.createFile(folder.resolve("go"));
        second.run();
        assertEnd(second, Outcome.PASSED, "");
        assertThat(farm.board().snapshot().getLast().startedAt())
                .as("the time before counts, also for what is left")
                .isBefore(taken);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(folder.resolve("ran")).hasContent("ran\n");
        assertThat(farm.kept(second, "journal")).isEqualTo("PASS: one\nPASS: two\nEND: 2\n");
        assertThat(isComplete(second)).isTrue();
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void anAttemptWhoseRecordIsBrokenIsLostAndItsGuestEnds() throws Exception {
        Cell cell = inTwoParts();
        CellRun first = farm.queue(cell);
        crash(begin(first));
        farm = open();
        Files.writeString(farm.folder(first).resolve("attempt.json"), "{\"image\": \"debi");
        CellRun second = farm.takeUp(cell);
        second.run();
        assertEnd(second, Outcome.LOST, "cannot read ", "attempt.json: ");
    }

    @Test
    void aPanicThatNobodyWatchedIsFoundByTheNextOrchestrator() throws Exception {
        Cell cell = inTwoParts();
        crash(begin(farm.queue(cell)));
        guest().say("[   60.0] EXT4-fs (vda): Remounting filesystem read-only");
        guest().panicAndStay("nobody looks");
        farm = open();
        CellRun second = farm.takeUp(cell);
        second.run();
        assertEnd(second, Outcome.PANICKED, "Kernel panic - not syncing: nobody looks");
        assertThat(farm.result(second).notes())
                .anySatisfy(note -> assertThat(note).contains("read-only remount"));
    }

    @Test
    void anAttemptThatIsCancelledBeforeItIsTakenUpLeavesNoGuest() throws Exception {
        Cell cell = inTwoParts();
        crash(begin(farm.queue(cell)));
        farm = open();
        CellRun second = farm.takeUp(cell);
        runInterrupted(second);
        assertEnd(second, Outcome.CANCELLED, "cancelled by a person");
    }

    @Test
    void anAttemptThatWasReplacedBeforeItIsTakenUpLeavesNoGuest() throws Exception {
        Cell cell = inTwoParts();
        crash(begin(farm.queue(cell)));
        farm = open();
        CellRun second = farm.takeUp(cell);
        farm.store().begin(second.id().run(), second.key(), Attempt.Kind.RETRY, Instant.now());
        second.run();
        assertThat(driver.running()).isEmpty();
        assertThat(farm.folder(second)).doesNotExist();
    }

    @Test
    void anAttemptWhoseGuestIsGoneMeanwhileIsLostAndCleanedUp() throws Exception {
        Cell cell = inTwoParts();
        crash(begin(farm.queue(cell)));
        guest().die();
        farm = open();
        CellRun second = farm.takeUp(cell);
        second.run();
        assertEnd(second, Outcome.LOST, "ended while no orchestrator watched it");
        assertThat(farm.kept(second, "journal")).isEqualTo("PASS: one\n");
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void anAttemptThatWasReplacedIsFencedAndLeavesNothing() throws Exception {
        CellRun run = farm.queue(inTwoParts());
        Thread thread = begin(run);
        Attempt newer = farm.store().begin(run.id().run(), run.key(), Attempt.Kind.RETRY, Instant.now());
        Files.createFile(folder.resolve("go"));
        thread.join();
        assertThat(broken).isEmpty();
        assertThat(farm.board().snapshot())
                .singleElement()
                .extracting(CellStatus::outcome)
                .isEqualTo(Outcome.FENCED);
        assertThat(farm.store().openAttempts()).containsExactly(newer);
        assertThat(farm.result(run).cases()).isEmpty();
        assertThat(farm.folder(run)).doesNotExist();
    }

    @Test
    void stepsAreStampedInTheirOrder() throws Exception {
        CellView result = farm.result(run(journal("PASS: a", "END: 1")));
        assertThat(result.steps().keySet()).containsExactly(Step.values());
        assertThat(List.copyOf(result.steps().values())).isSorted();
    }

    @Test
    void provenanceAndSubjectsAreStored() throws Exception {
        CellRun run = run("printf 'sh\\t/bin/sh\\tdash 1\\n' >$MUSTER_SUBJECTS; echo kept >$MUSTER_ARTEFACTS/file\n"
                + journal("PASS: a", "END: 1"));
        CellView result = farm.result(run);
        assertThat(result.provenance())
                .containsEntry("subject.sh", "/bin/sh dash 1")
                .containsEntry("driver.name", FakeDriver.NAME)
                .containsEntry("host.name", "testhost")
                .containsEntry("suite.digest", "digest of suite")
                .containsEntry("environment.DEPTH", "deep")
                .containsEntry("limits.suite", "PT1M")
                .containsKeys("image.name", "image.disk", "image.inputs");
        assertThat(result.packages()).isEqualTo(EmptyImages.PACKAGES);
        assertThat(result.guests()).singleElement().satisfies(guest -> {
            assertThat(guest.driver()).isEqualTo(FakeDriver.NAME);
            assertThat(guest.image()).isEqualTo(result.provenance().get("image.name"));
        });
        assertThat(farm.kept(run, "artefact")).isEqualTo("kept\n");
    }

    private static String journal(String... lines) {
        return "echo a word\nprintf '%s\\n' '" + String.join("' '", lines) + "' >>$MUSTER_JOURNAL\n";
    }

    private CellRun run(String script) throws IOException {
        return execute(cells.cell("suite", script));
    }

    private CellRun execute(Cell cell) {
        CellRun run = farm.queue(cell);
        run.run();
        return run;
    }

    /** Remembers each time that it is run, and goes on after its first case when the test says so. */
    private Cell inTwoParts() throws IOException {
        return cells.cell("two-parts", """
                echo ran >>%1$s/ran
                echo "PASS: one" >>$MUSTER_JOURNAL
                while [ ! -e %1$s/go ]; do sleep 0.05; done
                printf 'PASS: two\\nEND: 2\\n' >>$MUSTER_JOURNAL
                """.formatted(folder));
    }

    /** Lets an attempt run until its suite's first case is here. */
    private Thread begin(CellRun run) {
        Thread thread = threads.start(run::run);
        Path journal = Transcript.JOURNAL.file(farm.folder(run));
        await().atMost(SOON).until(() -> Files.exists(journal) && Files.size(journal) > 0);
        return thread;
    }

    private void runInterrupted(CellRun run) throws InterruptedException {
        Thread thread = threads.start(() -> {
            Thread.currentThread().interrupt();
            run.run();
        });
        thread.join();
    }

    /** Ends an orchestrator without a chance to clean up: nothing that it still does reaches guests or store. */
    private void crash(Thread thread) throws InterruptedException {
        driver = driver.successor();
        farm.close();
        thread.interrupt();
        thread.join();
        assertThat(broken).hasSize(1);
        broken.clear();
    }

    private FakeGuest guest() {
        return driver.running().getFirst();
    }

    private boolean isComplete(CellRun run) {
        return !farm.store().history().durations(run.key(), 10).isEmpty();
    }

    /** How an attempt has ended, in the store and on the board; nothing of it may be left. */
    private void assertEnd(CellRun run, Outcome outcome, String... why) {
        assertThat(broken).isEmpty();
        CellView result = farm.result(run);
        assertThat(result.line().outcome()).as(result.line().why()).isEqualTo(outcome);
        assertThat(result.line().why()).contains(why);
        assertThat(farm.board().snapshot().getLast().outcome()).isEqualTo(outcome);
        assertThat(farm.folder(run)).doesNotExist();
        assertThat(driver.running()).isEmpty();
    }
}
