package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeDriver.Boot;
import muster.orchestrator.guest.FakeGuest;
import muster.orchestrator.matrix.Cell;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One attempt in several guests: its cases are parted, its verdicts merged. */
class ShardedRunTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private FakeDriver driver = new FakeDriver();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final Thread.Builder threads =
            Thread.ofVirtual().uncaughtExceptionHandler((thread, why) -> broken.add(why));
    private TestFarm farm;

    @BeforeEach
    void makeFarm() throws IOException {
        farm = open();
    }

    @AfterEach
    void nothingIsLeft() {
        farm.close();
        assertThat(driver.running()).isEmpty();
    }

    private TestFarm open() throws IOException {
        return new TestFarm(folder.resolve("home"), driver, new Admission(10 * TestCells.MEMORY, 10, 4));
    }

    @Test
    void theCasesRunInSeveralGuestsAndAreOneCell() throws Exception {
        CellRun run = execute(cell(3, "a", "bad b", "c", "d", "e"));
        assertEnd(run, Outcome.FAILED, "1 of 5 cases are bad");
        CellView result = farm.result(run);
        assertThat(result.line().counts()).isEqualTo(new Counts(Map.of(Verdict.PASS, 4, Verdict.FAIL, 1)));
        assertThat(verdicts(run))
                .as("in the suite's order")
                .containsExactly("a PASS", "bad b FAIL", "c PASS", "d PASS", "e PASS");
        assertThat(result.attempts()).hasSize(1);
        assertThat(result.guests())
                .extracting(GuestRecord::role)
                .containsExactlyInAnyOrder("shard-1", "shard-2", "shard-3");
        assertThat(result.files())
                .filteredOn(file -> file.role().equals("journal"))
                .extracting(Ending.KeptFile::name)
                .containsExactly("shard-1/journal", "shard-2/journal", "shard-3/journal");
        assertThat(farm.kept(run, "journal")).isEqualTo("PASS: a\nPASS: d\nEND: 2\n");
        assertThat(result.exitStatus()).isZero();
        assertThat(result.steps().keySet()).containsExactly(Step.values());
        assertThat(result.notes()).isEmpty();
        assertThat(isComplete(run)).isTrue();
        assertThat(driver.started()).isEqualTo(3);
        assertThat(ran()).containsExactlyInAnyOrder("a", "bad b", "c", "d", "e");
    }

    @Test
    void shardsForWhichNoCaseIsLeftComeToNothing() throws Exception {
        CellRun run = execute(cell(4, "a", "b"));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).line().counts().total()).isEqualTo(2);
        assertThat(isComplete(run)).isTrue();
    }

    @Test
    void everyShardIsAGuestOfItsOwnOnTheHost() throws Exception {
        farm.close();
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(2 * TestCells.MEMORY, 10, 4));
        CellRun run = execute(cell(4, "a", "b", "c", "d", "e", "f", "g", "h"));
        assertEnd(run, Outcome.PASSED, "");
        assertThat(driver.started()).isEqualTo(4);
        assertThat(driver.mostMemory()).isEqualTo(2 * TestCells.MEMORY);
    }

    @Test
    void aShardThatIsLostLosesOnlyItsPart() throws Exception {
        CellRun run = farm.queue(cell(2, "a", "wait b", "c", "d"));
        Thread thread = begin(run);
        guestOf("shard-2").die();
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.LOST, "shard-2 of 2: the guest of", "ended by itself");
        assertThat(verdicts(run)).containsExactly("a PASS", "c PASS", "wait b UNINITIATED", "d UNINITIATED");
        assertThat(isComplete(run)).isFalse();
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void aShardThatTheFarmHasFailedIsRunAgainAlone() throws Exception {
        CellRun run = farm.queue(cell(2, TestCells.retries(1), "a", "wait b", "c", "d"));
        Thread thread = begin(run);
        guestOf("shard-2").die();
        Files.createFile(folder.resolve("go"));
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.PASSED, "");
        assertThat(farm.result(run).notes())
                .singleElement()
                .asString()
                .startsWith("shard-2: attempt 2; the first: lost: ");
        assertThat(farm.result(run).attempts()).hasSize(1);
        assertThat(isComplete(run)).isTrue();
        assertThat(run.retries()).isEqualTo(1);
        assertThat(ran()).containsExactlyInAnyOrder("a", "c", "wait b", "d");
        assertThat(driver.started()).isEqualTo(3);
    }

    @Test
    void aPanicInOneShardIsTheCellsAndTheOthersAreRead() throws Exception {
        CellRun run = farm.queue(cell(2, TestCells.retries(1), "a", "wait b", "c", "d"));
        Thread thread = begin(run);
        guestOf("shard-2").panic("Attempted to kill init!");
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.PANICKED, "shard-2 of 2: Kernel panic - not syncing: Attempted to kill init!");
        assertThat(verdicts(run)).containsExactly("a PASS", "c PASS", "wait b UNINITIATED", "d UNINITIATED");
    }

    @Test
    void whereNoGuestCanBeStartedTheCellIsRefusedOnceAndNotOnceAShard() throws Exception {
        driver.boots(Boot.CANNOT_START);
        CellRun run = execute(cell(3, "a", "b", "c"));
        assertEnd(run, Outcome.REFUSED, "shard-2: refused, shard-3: refused; shard-1 of 3: cannot start a guest for");
    }

    @Test
    void cancellingEndsAllGuestsAndKeepsWhatWasRead() throws Exception {
        CellRun run = farm.queue(cell(3, "a", "wait b", "wait c", "d"));
        Thread thread = begin(run);
        thread.interrupt();
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.CANCELLED, "cancelled by a person");
        assertThat(verdicts(run)).startsWith("a PASS", "d PASS");
    }

    @Test
    void theNextOrchestratorTakesUpTheShardsThatRunAndRunsNoneTwice() throws Exception {
        Cell cell = cell(2, "a", "wait b", "c", "d");
        crash(begin(farm.queue(cell)));
        farm = open();
        CellRun second = farm.takeUp(cell);
        Files.createFile(folder.resolve("go"));
        second.run();
        assertEnd(second, Outcome.PASSED, "");
        assertThat(verdicts(second)).containsExactly("a PASS", "wait b PASS", "c PASS", "d PASS");
        assertThat(ran()).containsExactlyInAnyOrder("a", "c", "wait b", "d");
        assertThat(isComplete(second)).isTrue();
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void aShardWhoseGuestIsGoneMeanwhileIsRunAgainAlone() throws Exception {
        Cell cell = cell(2, TestCells.retries(1), "a", "wait b", "c", "d");
        crash(begin(farm.queue(cell)));
        guestOf("shard-2").die();
        farm = open();
        CellRun second = farm.takeUp(cell);
        Files.createFile(folder.resolve("go"));
        second.run();
        assertEnd(second, Outcome.PASSED, "");
        assertThat(ran()).containsExactlyInAnyOrder("a", "c", "wait b", "d");
        assertThat(driver.started()).isEqualTo(3);
    }

    @Test
    void onlyGuestsOfShardsThatEndedBadlyAreKept() throws Exception {
        farm.keptGuests().keepFor(Duration.ofHours(1));
        CellRun run = execute(cell(2, "a", "bad b", "c", "d"));
        assertThat(farm.result(run).line().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Kept.list(farm.home())).singleElement().satisfies(kept -> {
            assertThat(kept.shard()).isEqualTo("shard-2");
            assertThat(kept.folder(farm.home())).isDirectory();
            assertThat(Entrance.read(kept.folder(farm.home()))).isPresent();
        });
        assertThat(driver.running()).containsExactly(guestOf("shard-2"));
        assertThat(farm.folder(run)).isDirectoryContaining(path -> path.endsWith("shard-2"));
        assertThat(farm.folder(run).resolve("shard-1")).doesNotExist();
        assertThat(farm.keptGuests().end(kept -> true)).isEqualTo(1);
        assertThat(farm.folder(run)).doesNotExist();
    }

    @Test
    void aKeptShardThatIsEndedEarlyIsCountedAllTheSame() throws Exception {
        farm.keptGuests().keepFor(Duration.ofHours(1));
        CellRun run = farm.queue(cell(2, "bad a", "wait b", "c", "d"));
        Thread thread = threads.start(run::run);
        await().atMost(SOON).until(() -> !Kept.list(farm.home()).isEmpty());
        assertThat(farm.keptGuests().end(kept -> true)).isEqualTo(1);
        Files.createFile(folder.resolve("go"));
        assertThat(thread.join(SOON)).isTrue();
        assertEnd(run, Outcome.FAILED, "1 of 4 cases are bad");
    }

    @Test
    void theBoardTellsWhereTheShardsStandAndAddsUpWhatTheyRead() throws Exception {
        CellRun run = farm.queue(cell(3, "a", "wait b", "c", "d", "e"));
        Thread thread = begin(run);
        await().atMost(SOON).until(() -> status().counts().total() == 3);
        await().atMost(SOON).until(() -> status().shardWords().equals("3 shards: 1 running, 2 done"));
        assertThat(status().step()).isEqualTo(Step.RUNNING);
        assertThat(status().shards())
                .extracting(CellStatus.Shard::name)
                .containsExactly("shard-1", "shard-2", "shard-3");
        Files.createFile(folder.resolve("go"));
        assertThat(thread.join(SOON)).isTrue();
        assertThat(status().counts().total()).isEqualTo(5);
    }

    private Cell cell(int shards, String... cases) throws IOException {
        return cell(shards, TestCells.retries(0), cases);
    }

    private Cell cell(int shards, Cell.Limits limits, String... cases) throws IOException {
        return new TestCells(folder.resolve("suites")).shards(shards, limits, """
                        echo "$(wc -l <$MUSTER_CASES) cases"
                        while read -r name; do
                          case $name in wait*) while [ ! -e %1$s/go ]; do sleep 0.05; done ;; esac
                          echo "$name" >>%1$s/ran
                          case $name in bad*) echo "FAIL: $name" ;; *) echo "PASS: $name" ;; esac >>$MUSTER_JOURNAL
                        done <$MUSTER_CASES
                        echo "END: $(($(wc -l <$MUSTER_CASES)))" >>$MUSTER_JOURNAL
                        """.formatted(folder), cases);
    }

    private CellRun execute(Cell cell) {
        CellRun run = farm.queue(cell);
        run.run();
        return run;
    }

    /** Lets an attempt run until its first shard has ended and its second waits. */
    private Thread begin(CellRun run) {
        Thread thread = threads.start(run::run);
        Path first = farm.folder(run).resolve("shard-1/end.json");
        Path second = Transcript.LOG.file(farm.folder(run).resolve("shard-2"));
        await().atMost(SOON).until(() -> Files.exists(first) && Files.exists(second) && Files.size(second) > 0);
        await().atMost(SOON)
                .until(() -> driver.running().stream()
                        .noneMatch(guest -> guest.console().toString().contains("/shard-1/")));
        return thread;
    }

    private FakeGuest guestOf(String shard) {
        return driver.running().stream()
                .filter(guest -> guest.console().toString().contains("/" + shard + "/"))
                .findFirst()
                .orElseThrow();
    }

    private CellStatus status() {
        return farm.board().snapshot().getFirst();
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

    private List<String> verdicts(CellRun run) {
        List<String> verdicts = new ArrayList<>();
        farm.store().history().cases(run.id(), each -> verdicts.add(each.name() + " " + each.verdict()));
        return verdicts;
    }

    private List<String> ran() throws IOException {
        return Files.readAllLines(folder.resolve("ran"));
    }

    private boolean isComplete(CellRun run) {
        return !farm.store().history().durations(run.key(), 10).isEmpty();
    }

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
