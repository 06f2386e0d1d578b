package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import muster.images.BaseImage;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeGuest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.ssh.FarmKey;
import muster.reports.Outcome;
import muster.reports.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that are let in one at a time: one runs until it is told to end, the others wait and are booted ahead for. */
class WarmPoolTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long MEMORY = TestCells.MEMORY;

    @TempDir
    Path folder;

    private FakeDriver driver = new FakeDriver();
    private final AtomicReference<Optional<String>> pressure = new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();
    private Admission admission = new Admission(10 * MEMORY, 1, 2, pressure::get);
    private TestCells cells;
    private TestFarm farm;

    @BeforeEach
    void makeCells() throws IOException {
        cells = new TestCells(folder.resolve("suites"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        farm.close();
        assertThat(driver.running()).isEmpty();
        assertThat(pooled()).isEmpty();
    }

    private void open(int guests, long memory, Duration age) throws IOException {
        farm = new TestFarm(folder.resolve("home"), driver, admission, new WarmPool.Rules(guests, memory, age));
    }

    private List<Path> pooled() throws IOException {
        if (!Files.isDirectory(farm.home().pool())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(farm.home().pool())) {
            return folders.toList();
        }
    }

    private Cell cell(String suite) throws IOException {
        return cells.cell(
                suite,
                "while [ ! -e " + folder.resolve("go-" + suite) + " ]; do sleep 0.05; done\n"
                        + "printf 'PASS: a\\nEND: 1\\n' >>$MUSTER_JOURNAL\n");
    }

    private void go(String suite) throws IOException {
        Files.writeString(folder.resolve("go-" + suite), "");
    }

    private CellRun begin(String suite) throws IOException {
        return begin(farm.queue(cell(suite)));
    }

    private CellRun begin(CellRun run) {
        threads.add(Thread.ofVirtual().start(run::run));
        return run;
    }

    /** Begins one that runs, and then others that wait. */
    private List<CellRun> beginAll(String... suites) throws IOException {
        List<CellRun> runs = new ArrayList<>();
        runs.add(begin("runs"));
        awaitStep(runs.getFirst(), Step.RUNNING);
        for (String suite : suites) {
            runs.add(begin(suite));
        }
        return runs;
    }

    private void awaitStep(CellRun run, Step step) {
        await().until(() -> farm.board().snapshot().stream()
                .anyMatch(status -> status.attempt().equals(run.id()) && status.step() == step));
    }

    private void awaitReady(int count) {
        await().until(() -> farm.pool().ready() == count);
    }

    private void endAll(List<CellRun> runs, String... suites) throws Exception {
        for (String suite : suites) {
            go(suite);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(runs)
                .allSatisfy(run -> assertThat(farm.result(run).line().outcome()).isEqualTo(Outcome.PASSED));
    }

    @Test
    void anAttemptThatWaitsFindsItsGuestBooted() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one", "two");
        awaitReady(2);
        assertThat(driver.started()).isEqualTo(3);
        assertThat(pooled()).hasSize(2);
        endAll(runs, "runs", "one", "two");
        assertThat(driver.started()).isEqualTo(3);
        assertThat(farm.result(runs.get(0)).provenance()).doesNotContainKey("guest.pooled");
        assertThat(farm.result(runs.get(1)).provenance()).containsKey("guest.pooled");
        assertThat(farm.result(runs.get(2)).provenance()).containsKey("guest.pooled");
        assertThat(farm.kept(runs.get(2), "console")).contains("Booting");
        assertThat(farm.pool().size()).isZero();
    }

    @Test
    void whatIsForeseenIsBootedOnceAndClaimed() throws Exception {
        open(4, 4 * MEMORY, LONG);
        Cell cell = cell("one");
        farm.farm().boots().foresee(List.of(foreseen(cell)));
        awaitReady(1);
        CellRun run = begin(farm.queue(cell));
        awaitStep(run, Step.RUNNING);
        farm.pool().look();
        endAll(List.of(run), "one");
        assertThat(driver.started()).isEqualTo(1);
        assertThat(farm.result(run).provenance()).containsKey("guest.pooled");
    }

    @Test
    void whatIsForeseenNoMoreIsEnded() throws Exception {
        open(4, 4 * MEMORY, LONG);
        farm.farm().boots().foresee(List.of(foreseen(cell("one"))));
        awaitReady(1);
        farm.farm().boots().foresee(List.of());
        await().until(() -> farm.pool().size() == 0 && driver.running().isEmpty());
    }

    private WarmPool.Foreseen foreseen(Cell cell) throws Exception {
        BaseImage image = farm.farm().images().of(cell, words -> {});
        assertThat(farm.farm().images().atHand(cell)).contains(image);
        Boots.Order order = new Boots.Order(
                "soon", FakeDriver.NAME, image, image.disk(), false, cell.guest(), LONG, folder.resolve("soon"));
        return new WarmPool.Foreseen(order, new Capacity.Need(cell.key().toString(), MEMORY, 1, 0));
    }

    @Test
    void thereAreNeverMoreThanTheRulesAllow() throws Exception {
        open(2, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one", "two", "three", "four");
        awaitReady(2);
        farm.pool().look();
        assertThat(driver.started()).isEqualTo(3);
        endAll(runs, "runs", "one", "two", "three", "four");
    }

    @Test
    void norDoTheyTakeMoreMemoryThanTheRulesAllow() throws Exception {
        open(4, MEMORY + 1, LONG);
        List<CellRun> runs = beginAll("one", "two");
        awaitReady(1);
        farm.pool().look();
        assertThat(driver.started()).isEqualTo(2);
        endAll(runs, "runs", "one", "two");
    }

    @Test
    void theMemoryIsGivenToAnAttemptThatNeedsIt() throws Exception {
        admission = new Admission(2 * MEMORY, 1, 2);
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        try (Capacity.Place _ = admission.enter(new Capacity.Need("other", MEMORY, 0, 0), why -> {
            throw new AssertionError("it has to wait: " + why);
        })) {
            assertThat(driver.running()).hasSize(1);
            assertThat(pooled()).isEmpty();
        }
        endAll(runs, "runs", "one");
    }

    @Test
    void anAttemptThatHasItsGuestInThePoolNeedsNoMoreMemory() throws Exception {
        admission = new Admission(2 * MEMORY, 2, 2);
        open(4, 4 * MEMORY, LONG);
        Capacity.Place busy = admission.enter(new Capacity.Need("busy", 0, 1, 0), why -> {});
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        busy.close();
        awaitStep(runs.get(1), Step.RUNNING);
        assertThat(driver.started()).isEqualTo(2);
        endAll(runs, "runs", "one");
    }

    @Test
    void oneThatHasBecomeTooOldIsEndedAndReplaced() throws Exception {
        open(4, 4 * MEMORY, Duration.ofMillis(1));
        List<CellRun> runs = beginAll("one");
        await().until(() -> driver.started() >= 4);
        assertThat(driver.running().size()).isLessThanOrEqualTo(2);
        endAll(runs, "runs", "one");
        assertThat(farm.result(runs.get(1)).provenance()).doesNotContainKey("guest.pooled");
    }

    @Test
    void underMemoryPressureAllAreGivenBack() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        pressure.set(Optional.of("work waits"));
        await().until(() -> farm.pool().size() == 0 && driver.running().size() == 1);
        pressure.set(Optional.empty());
        awaitReady(1);
        endAll(runs, "runs", "one");
    }

    @Test
    void whoNoLongerWaitsLeavesNone() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        threads.getLast().interrupt();
        await().until(() -> driver.running().size() == 1);
        endAll(runs.subList(0, 1), "runs");
        assertThat(farm.result(runs.get(1)).line().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aGuestThatDiedInThePoolIsNotClaimed() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        pressure.set(Optional.empty());
        driver.running().getLast().die();
        endAll(runs, "runs", "one");
    }

    @Test
    void aGuestThatDoesNotAnswerWhenItIsClaimedIsReplaced() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        FakeGuest ahead = driver.running().getLast();
        Files.writeString(pooled().getFirst().resolve("guest/identity/nonce"), "of another");
        endAll(runs, "runs", "one");
        assertThat(ahead.isAlive()).isFalse();
        assertThat(driver.started()).isEqualTo(3);
        assertThat(farm.result(runs.get(1)).provenance()).doesNotContainKey("guest.pooled");
    }

    @Test
    void nobodyClaimsWhatAnotherHas() throws Exception {
        admission = new Admission(10 * MEMORY, 3, 3);
        open(1, 4 * MEMORY, LONG);
        Capacity.Place busy = admission.enter(new Capacity.Need("busy", 0, 2, 0), why -> {});
        List<CellRun> runs = beginAll("one", "two");
        awaitReady(1);
        busy.close();
        awaitStep(runs.get(1), Step.RUNNING);
        awaitStep(runs.get(2), Step.RUNNING);
        assertThat(driver.running()).hasSize(3);
        assertThat(runs.stream().map(run -> seed(farm.folder(run))).distinct()).hasSize(3);
        endAll(runs, "runs", "one", "two");
    }

    private static String seed(Path attempt) {
        try {
            return AttemptRecord.read(attempt).toString();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void anotherShapeIsAnotherGuest() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        Cell like = cell("two");
        Cell small = new Cell(
                like.key(), like.recipe(), like.suite(), like.variant(), new Cell.Shape(MEMORY / 2, 1), like.limits());
        runs.add(begin(farm.queue(small)));
        await().until(() -> driver.started() == 3);
        endAll(runs, "runs", "two", "one");
        assertThat(driver.started()).isEqualTo(3);
    }

    @Test
    void aClaimedGuestIsTakenUpByTheNextOrchestrator() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        go("runs");
        awaitStep(runs.get(1), Step.RUNNING);
        threads.getFirst().join();
        driver = driver.successor();
        farm.close();
        threads.forEach(Thread::interrupt);
        threads.getLast().join();
        admission = new Admission(10 * MEMORY, 1, 2);
        open(4, 4 * MEMORY, LONG);
        CellRun again = farm.takeUp(cell("one"));
        go("one");
        again.run();
        assertThat(farm.result(again).line().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(farm.result(again).provenance()).containsKey("guest.pooled");
        assertThat(driver.started()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierOrchestratorLeftIsCleared() throws Exception {
        open(4, 4 * MEMORY, LONG);
        List<CellRun> runs = beginAll("one");
        awaitReady(1);
        endAll(runs, "runs", "one");
        Path left = Files.createDirectories(farm.home().pool().resolve("g1/guest"));
        driver.start(new GuestSpec(
                "left",
                farm.farm().images().of(cell("one"), words -> {}),
                false,
                folder,
                left,
                MEMORY,
                1,
                FarmKey.open(farm.home().keys()).newSeed("guest", "nonce")));
        WarmPool.clear(farm.home().pool(), List.of(driver));
        assertThat(driver.running()).isEmpty();
        assertThat(pooled()).isEmpty();
    }
}
