package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import muster.orchestrator.bench.SimulatedFarm;
import muster.orchestrator.bench.SimulatedMatrix;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.upkeep.Restore;
import muster.orchestrator.web.ScheduleChange;
import muster.reports.Outcome;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service makes of times that are due, in simulated time. */
class ServiceTest {

    private static final Instant EVENING = Instant.parse("2030-01-01T18:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long LOOK = Duration.ofMillis(1).toNanos();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Home home;
    private SimulatedFarm simulated;
    private HeldFarm farm;
    private Service service;

    @BeforeEach
    void open() throws Exception {
        open("home", EVENING);
    }

    private void open(String name, Instant now) throws Exception {
        home = Home.open(folder.resolve(name));
        Installation installation = new Installation(
                Path.of("..").toAbsolutePath().normalize(), home.folder(), Set.of("toybox"), GuestDrivers.names());
        FarmConfig.Budget room = new FarmConfig.Budget(4L << 30, 8);
        simulated = SimulatedFarm.open(installation, home, room, now, _ -> Duration.ofHours(1));
        farm = simulated.farm();
    }

    @AfterEach
    void close() throws Exception {
        simulated.close();
    }

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedIsLeftOut() throws Exception {
        serve("skip");
        trigger();
        long first = underWay();
        pass(MINUTE);
        assertThatThrownBy(this::trigger)
                .hasMessage("cannot queue a run of nightly: run " + first
                        + " has not ended, and its schedule says 'unfinished: skip'");
        said("no run of nightly for 2030-01-01T18:01:00Z: run " + first + " has not ended");
        untilEnded(first);
        trigger();
        long second = underWay();
        untilEnded(second);
        assertThat(runs()).extracting(RunLine::number).containsExactlyInAnyOrder(first, second);
        assertThat(runs()).allSatisfy(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
    }

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedWaitsForItsEnd() throws Exception {
        serve("queue");
        trigger();
        long first = underWay();
        pass(MINUTE);
        trigger();
        pass(MINUTE);
        trigger();
        said("queued run " + (first + 2) + " of nightly, due at 2030-01-01T18:02:00Z");
        assertThat(farm.queue().notDue())
                .as("each waits for the one before")
                .containsExactly(
                        Map.entry(first + 1, new QueuePlace(0, null, first)),
                        Map.entry(first + 2, new QueuePlace(0, null, first + 1)));
        untilEnded(first);
        assertThat(underWay()).isEqualTo(first + 1);
        untilEnded(first + 1);
        assertThat(underWay()).isEqualTo(first + 2);
        untilEnded(first + 2);
        List<Instant> ends = runs().stream()
                .map(RunLine::endedAt)
                .map(Instant::from)
                .sorted()
                .toList();
        assertThat(Duration.between(ends.get(0), ends.get(2))).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedCancelsIt() throws Exception {
        serve("replace");
        trigger();
        long first = underWay();
        pass(MINUTE);
        trigger();
        said("run " + first + " has ended");
        assertThat(underWay()).isEqualTo(first + 1);
        untilEnded(first + 1);
        assertThat(run(first).outcomes()).containsOnly(Map.entry(Outcome.CANCELLED, 3));
        assertThat(run(first + 1).outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3));
    }

    @Test
    void aTimeThatIsToldTwiceIsRunOnce() throws Exception {
        serve("queue");
        trigger();
        long first = underWay();
        trigger();
        untilEnded(first);
        trigger();
        untilEnded(underWay());
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aBrokenFileIsRunAsItWasAndSaysSo() throws Exception {
        serve("skip");
        Path file = home.folder().resolve("matrices/nightly.yaml");
        Files.writeString(file, Files.readString(file).replace("distributions:", "distribution:"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(service.schedule())
                        .filteredOn(line -> line.matrix().equals("nightly") && line.runsByItself())
                        .singleElement()
                        .satisfies(line -> assertThat(line.problem()).contains("nightly.yaml:", "distributions")));
        trigger();
        untilEnded(underWay());
        assertThat(runs())
                .singleElement()
                .satisfies(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
    }

    @Test
    void aRestoredHomeGoesOnAndTellsWhatWasStillToBeToldWhenItsBackupWasMade() throws Exception {
        simulated.close();
        channel("exit 1");
        open();
        serve("skip");
        trigger();
        long first = underWay();
        untilEnded(first);
        trigger();
        long second = underWay();
        Path backup = folder.resolve("backup.tar.zst");
        farm.upkeep().backUp(backup);
        untilEnded(second);
        assertThat(run(second).outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3));
        simulated.close();

        Restore.into(Home.open(folder.resolve("other")), backup);
        Path told = folder.resolve("told");
        home = new Home(folder.resolve("other"));
        channel("cat >> '" + told + "'");
        open("other", simulated.time().instant());
        said.clear();
        service = Service.start(farm, simulated.time(), said::add);
        said("taking up run " + second + ": 3 cells to go");
        await().atMost(LONG).until(() -> Files.exists(told) && Files.size(told) > 0);
        untilEnded(second);
        assertThat(runs()).extracting(RunLine::number).containsExactlyInAnyOrder(first, second);
        assertThat(runs()).allSatisfy(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
        assertThat(Files.readString(told)).containsOnlyOnce("nightly: run " + first + ":");
        assertThat(home.notices().resolve("team/told/" + first + "-night-finished.json"))
                .exists();
        assertThat(List.of("waiting", "told"))
                .as("told a minute after the message before, as always")
                .filteredOn(state -> Files.exists(
                        home.notices().resolve("team").resolve(state).resolve(second + "-night-finished.json")))
                .hasSize(1);
    }

    /** The home has one channel, which runs this command. */
    private void channel(String script) throws IOException {
        Files.writeString(
                home.folder().resolve("farm.yaml"),
                "notify: { channels: { team: { command: [sh, -c, \"%s\"] } } }\n".formatted(script));
    }

    /** Begins to serve a home with the matrix {@code nightly} of three cells, whose only time by itself is far away. */
    private void serve(String unfinished) throws Exception {
        Path file = SimulatedMatrix.write(home, "nightly", 3, () -> 200);
        Path scheduled =
                Files.createDirectories(home.folder().resolve("matrices")).resolve("nightly.yaml");
        Files.writeString(
                scheduled,
                Files.readString(file)
                        + "schedule: { cron: \"0 0 0 1 1 ? 2090\", unfinished: %s }\n".formatted(unfinished));
        service = Service.start(farm, simulated.time(), said::add);
    }

    private void trigger() throws Exception {
        service.change(new ScheduleChange("nightly", ScheduleChange.Action.TRIGGER));
    }

    private void said(String words) {
        await().atMost(LONG).untilAsserted(() -> assertThat(said).contains(words));
    }

    /** The only run of which cells are at work, once all three are. */
    private long underWay() {
        await().atMost(LONG)
                .until(() -> atWork().size() == 3 && simulated.farm().waits(3));
        return atWork().stream().distinct().reduce((one, other) -> -1L).orElseThrow();
    }

    private List<Long> atWork() {
        return farm.board().snapshot().stream()
                .filter(cell -> cell.outcome() == null && cell.startedAt() != null)
                .map(cell -> cell.attempt().run())
                .toList();
    }

    private void pass(Duration time) {
        turn(simulated.time().instant().plus(time), () -> false);
    }

    private void untilEnded(long run) {
        turn(Instant.MAX, () -> said.contains("run " + run + " has ended"));
    }

    /** Lets the clock go on until a time, or until something has come true. */
    private void turn(Instant until, BooleanSupplier over) {
        long limit = System.nanoTime() + LONG.toNanos();
        Thread watching = Thread.ofVirtual().start(() -> {
            while (!over.getAsBoolean() && !Thread.currentThread().isInterrupted() && System.nanoTime() < limit) {
                LockSupport.parkNanos(LOOK);
            }
        });
        simulated.turn(until, watching);
        watching.interrupt();
        assertThat(System.nanoTime()).as("it has come true in time").isLessThan(limit);
    }

    private List<RunLine> runs() throws IOException {
        return farm.store().history().runs(10);
    }

    private RunLine run(long number) throws IOException {
        return farm.store().history().run(number).orElseThrow().run();
    }
}
