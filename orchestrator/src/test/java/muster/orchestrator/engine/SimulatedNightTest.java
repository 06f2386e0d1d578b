package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import muster.orchestrator.bench.SimulatedFarm;
import muster.orchestrator.bench.SimulatedMatrix;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Outlook;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.StatusLine;
import muster.reports.Attempt;
import muster.reports.Outcome;
import muster.reports.view.CellLine;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nights through the farm's own queue, engine and store, in simulated time. */
class SimulatedNightTest {

    private static final Instant EVENING = Instant.parse("2030-01-01T18:00:00Z");
    private static final int CELLS = Boolean.getBoolean("muster.full") ? 3_000 : 300;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final FarmConfig.Budget ROOM = new FarmConfig.Budget(4L << 30, 8);

    @TempDir
    Path folder;

    private final Map<String, Duration> takes = new HashMap<>();
    private Home home;
    private Installation installation;
    private SimulatedFarm simulated;
    private HeldFarm farm;

    @BeforeEach
    void open() throws Exception {
        home = Home.open(folder.resolve("home"));
        installation = new Installation(
                Path.of("..").toAbsolutePath().normalize(), home.folder(), Set.of("toybox"), GuestDrivers.names());
        simulated = SimulatedFarm.open(installation, home, ROOM, EVENING, this::takes);
        farm = simulated.farm();
    }

    @AfterEach
    void close() throws Exception {
        simulated.close();
    }

    /** Of its suite, without variant. */
    private synchronized Duration takes(Attempt attempt) {
        return takes.getOrDefault(attempt.cell().suite(), HOUR);
    }

    @Test
    void aWholeNightRunsInSecondsAndEveryCellIsStoredOnce() throws Exception {
        Random random = new Random(7);
        Matrix matrix = matrix("night", CELLS, 200);
        matrix.cells().forEach(cell -> takes.put(cell.key().suite(), Duration.ofMinutes(1 + random.nextInt(60))));
        List<CellRun> runs = farm.queue(matrix, matrix.cells());
        Duration wall = simulated.run(runs);
        long number = runs.getFirst().id().run();
        List<CellLine> cells = farm.store().history().cells(number);
        assertThat(cells)
                .hasSize(CELLS)
                .allSatisfy(cell -> assertThat(cell.outcome()).isEqualTo(Outcome.PASSED));
        Duration work =
                cells.stream().map(cell -> takes.get(cell.cell().suite())).reduce(Duration.ZERO, Duration::plus);
        assertThat(wall).isBetween(work.dividedBy(8), work.dividedBy(8).plus(HOUR.multipliedBy(2)));
        assertThat(farm.store().openAttempts()).isEmpty();
        assertThat(farm.store().history().unfinishedRuns()).isEmpty();
    }

    @Test
    void aSmallUrgentMatrixPassesALongNightWithoutEndingAnyOfIt() throws Exception {
        Matrix night = matrix("night", 80, 400);
        takes.put("urgent-00", Duration.ofMinutes(5));
        Thread work = simulated.begin(farm.queue(night, night.cells()));
        simulated.turn(EVENING.plus(Duration.ofMinutes(30)), work);
        long number = farm.queue(new QueueRequest(file("urgent", 1, 400).toString(), Map.of(), List.of(), 9, null));
        Thread urgent = simulated.begin(farm.queue().begin(number));
        simulated.turn(Instant.MAX, urgent);
        RunLine asked = farm.store().history().run(number).orElseThrow().run();
        assertThat(asked.outcomes()).containsOnlyKeys(Outcome.PASSED);
        // The cell's end, for the clock may go on before its run is closed.
        CellLine cell = farm.store().history().cells(number).getFirst();
        assertThat(cell.endedAt()).as("the next place was its").isBefore(EVENING.plus(HOUR.multipliedBy(2)));
        simulated.turn(Instant.MAX, work);
        RunLine whole = farm.store().history().run(1).orElseThrow().run();
        assertThat(whole.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 80));
        assertThat(whole.endedAt()).isAfter(EVENING.plus(HOUR.multipliedBy(10)));
    }

    @Test
    void whatWaitsSaysWhyAndTheTimesThatWereToldComeTrue() throws Exception {
        Matrix matrix = matrix("night", 40, 900);
        simulated.run(farm.queue(matrix, matrix.cells()));
        Instant from = simulated.time().instant();
        List<CellRun> runs = farm.queue(matrix, matrix.cells());
        long later = farm.queue(new QueueRequest(
                file("night", 40, 900).toString(),
                Map.of(),
                List.of("*:night-03"),
                0,
                from.plus(HOUR.multipliedBy(24))));
        Thread work = simulated.begin(runs);
        simulated.turn(from.plus(Duration.ofMinutes(10)), work);
        List<StatusLine> lines = farm.asked().cells();
        List<StatusLine> waiting = lines.stream()
                .filter(line -> line.run() == 2 && line.startedAt() == null)
                .toList();
        assertThat(waiting).hasSize(36).allSatisfy(line -> {
            assertThat(line.waits()).startsWith("waits for memory: needs 948M, 304M of 4G are free");
            assertThat(line.starts()).isNotNull();
        });
        Outlook.Span ends = Outlook.endOf(lines.stream()
                .filter(line -> line.run() == 2)
                .map(StatusLine::ends)
                .toList());
        assertThat(lines).filteredOn(line -> line.run() == later).isNotEmpty().allSatisfy(line -> {
            assertThat(line.waits()).startsWith("is not to begin before 2030-01-");
            assertThat(line.starts().from()).isEqualTo(from.plus(HOUR.multipliedBy(24)));
        });
        Attempt one = farm.farm().board().snapshot().stream()
                .filter(status -> status.startedAt() == null && status.outcome() == null)
                .findFirst()
                .orElseThrow()
                .attempt();
        farm.farm().board().detail(one, "image debian-12: installing packages");
        assertThat(farm.asked().cells())
                .filteredOn(
                        line -> line.run() == 2 && line.cell().equals(one.cell().toString()))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.waits()).isEqualTo("image debian-12: installing packages");
                    assertThat(line.starts())
                            .as("nobody knows how long that takes")
                            .isNull();
                    assertThat(line.ends()).isNull();
                });
        simulated.turn(Instant.MAX, work);
        Instant ended = farm.store().history().run(2).orElseThrow().run().endedAt();
        assertThat(ended)
                .isBetween(ends.from().minus(HOUR.dividedBy(12)), ends.by().plus(HOUR.dividedBy(12)));
    }

    @Test
    void whereThereIsNoHistoryNobodyPretendsToKnow() throws Exception {
        Matrix matrix = matrix("night", 12, 900);
        Thread work = simulated.begin(farm.queue(matrix, matrix.cells()));
        simulated.turn(EVENING.plus(Duration.ofMinutes(10)), work);
        List<StatusLine> lines = farm.asked().cells();
        assertThat(lines).hasSize(12).allSatisfy(line -> {
            assertThat(line.starts()).isNull();
            assertThat(line.ends()).isNull();
        });
        assertThat(lines.stream()
                        .filter(line -> line.startedAt() == null)
                        .findFirst()
                        .orElseThrow()
                        .waits())
                .startsWith("waits for memory");
        simulated.turn(Instant.MAX, work);
    }

    @Test
    void whatIsHeldDoesNotBeginUntilItIsReleasedAlsoByTheNextProcess() throws Exception {
        Matrix matrix = matrix("night", 20, 200);
        List<CellRun> runs = farm.queue(matrix, matrix.cells());
        assertThat(farm.queue().hold("*:night-03", true)).isEqualTo(1);
        assertThat(farm.queue().hold("*:night-03", true)).as("it is already").isZero();
        Thread work = simulated.begin(runs);
        simulated.turn(EVENING.plus(HOUR.multipliedBy(24)), allButOneEnded(work, 1));
        assertThat(farm.asked().cells())
                .filteredOn(line -> line.outcome() == null)
                .singleElement()
                .satisfies(line -> assertThat(line.waits()).isEqualTo("held by a person until 'muster release 1'"));
        assertThat(farm.queue().hold("1", false)).isEqualTo(1);
        simulated.turn(Instant.MAX, work);
        assertThat(farm.store().history().unfinishedRuns()).isEmpty();

        long next = farm.queue(new QueueRequest(file("night", 20, 200).toString(), Map.of(), List.of(), 0, null));
        assertThat(farm.queue().hold(Long.toString(next), true)).isEqualTo(20);
        simulated.close();
        simulated = SimulatedFarm.open(installation, home, ROOM, EVENING.plus(HOUR.multipliedBy(48)), this::takes);
        farm = simulated.farm();
        assertThat(farm.unfinished()).isEmpty();
        assertThat(farm.queue().notDue()).containsOnlyKeys(next);
        assertThat(farm.queue().hold(Long.toString(next), false)).isEqualTo(20);
        assertThat(farm.queue().notDue()).isEmpty();
        assertThatThrownBy(() -> farm.queue().hold("1", true))
                .isInstanceOf(FarmFailed.class)
                .hasMessageContaining("ended");
    }

    /** Ends once all other cells have: what is held waits for ever, and with it its run. */
    private Thread allButOneEnded(Thread work, int left) {
        return Thread.ofVirtual().start(() -> {
            while (work.isAlive()
                    && farm.board().snapshot().stream()
                                    .filter(cell -> cell.outcome() == null)
                                    .count()
                            > left) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void whatWasBadIsRunAgainAsARunOfItsOwn() throws Exception {
        Matrix matrix = matrix("night", 20, 200);
        takes.put("night-03", Duration.ofDays(-1));
        takes.put("night-07", Duration.ofDays(-1));
        simulated.run(farm.queue(matrix, matrix.cells()));
        RunQueue.Rerun again = farm.queue().addFailed(null);
        assertThat(again).isEqualTo(new RunQueue.Rerun(2, 1, 2));
        takes.clear();
        List<CellRun> runs = farm.queue().begin(again.run());
        assertThat(runs).map(run -> run.key().suite()).containsExactlyInAnyOrder("night-03", "night-07");
        simulated.run(runs);
        assertThatThrownBy(() -> farm.queue().addFailed(2L))
                .isInstanceOf(FarmFailed.class)
                .hasMessage("cannot run anything of run 2 again: none of its cells was bad");
        assertThatThrownBy(() -> farm.queue().addFailed(99L)).hasMessageContaining("there is no run 99");
    }

    private Matrix matrix(String name, int cells, int memory) throws Exception {
        return Matrix.read(file(name, cells, memory), new TreeMap<>(), installation, installation.farm());
    }

    private Path file(String name, int cells, int memory) throws Exception {
        return SimulatedMatrix.write(home, name, cells, () -> memory);
    }
}
