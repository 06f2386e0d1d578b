package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import muster.orchestrator.web.ScheduleChange;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service in simulated time, for tests of what it does. */
abstract class SimulatedService {

    static final Instant EVENING = Instant.parse("2030-01-01T18:00:00Z");
    static final Duration LONG = Duration.ofSeconds(60);
    static final long LOOK = Duration.ofMillis(1).toNanos();
    static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    final List<String> said = new CopyOnWriteArrayList<>();
    Home home;
    SimulatedFarm simulated;
    HeldFarm farm;
    Service service;

    @BeforeEach
    void open() throws Exception {
        open("home", EVENING);
    }

    void open(String name, Instant now) throws Exception {
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

    /** The home has one channel, which runs this command. */
    void channel(String script) throws IOException {
        Files.writeString(
                home.folder().resolve("farm.yaml"),
                "notify: { channels: { team: { command: [sh, -c, \"%s\"] } } }\n".formatted(script));
    }

    /** Begins to serve a home with the matrix {@code nightly} of three cells, whose only time by itself is far away. */
    void serve(String unfinished) throws Exception {
        Path file = SimulatedMatrix.write(home, "nightly", 3, () -> 200);
        Path scheduled =
                Files.createDirectories(home.folder().resolve("matrices")).resolve("nightly.yaml");
        Files.writeString(
                scheduled,
                Files.readString(file)
                        + "schedule: { cron: \"0 0 0 1 1 ? 2090\", zone: UTC, unfinished: %s }\n"
                                .formatted(unfinished));
        service = Service.start(farm, simulated.time(), said::add);
    }

    void trigger() throws Exception {
        service.change(new ScheduleChange("nightly", ScheduleChange.Action.TRIGGER));
    }

    void said(String words) {
        await().atMost(LONG).untilAsserted(() -> assertThat(said).contains(words));
    }

    /** The only run of which cells are at work, once all three are. */
    long underWay() {
        await().atMost(LONG)
                .until(() -> atWork().size() == 3 && simulated.farm().waits(3));
        return atWork().stream().distinct().reduce((one, other) -> -1L).orElseThrow();
    }

    List<Long> atWork() {
        return farm.board().snapshot().stream()
                .filter(cell -> cell.outcome() == null && cell.startedAt() != null)
                .map(cell -> cell.attempt().run())
                .toList();
    }

    void pass(Duration time) {
        turn(simulated.time().instant().plus(time), () -> false);
    }

    void untilEnded(long run) {
        turn(Instant.MAX, () -> said.contains("run " + run + " has ended"));
    }

    /** Lets the clock go on until a time, or until something has come true. */
    void turn(Instant until, BooleanSupplier over) {
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

    List<RunLine> runs() throws IOException {
        return farm.store().history().runs(10);
    }

    RunLine run(long number) throws IOException {
        return farm.store().history().run(number).orElseThrow().run();
    }
}
