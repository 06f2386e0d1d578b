package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.engine.Simulation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellEnd;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.reports.Attempt;
import muster.reports.Step;
import muster.testsuites.SuiteEnding;

/**
 * A farm whose time, host and guests are simulated: a guest boots, sleeps as long as its suite takes, and leaves a journal
 * of one case. All else is the farm's own, so that a night of thousands of cells takes seconds.
 */
public final class SimulatedFarm implements AutoCloseable {

    private static final Duration BOOT = Duration.ofSeconds(4);

    private final VirtualTime time;
    private final HeldFarm farm;

    private SimulatedFarm(VirtualTime time, HeldFarm farm) {
        this.time = time;
        this.farm = farm;
    }

    /**
     * Opens one.
     *
     * @param home where the installation has its suites and recipes, and what is stored
     * @param suites how long the suite of an attempt takes; where that is negative its case fails
     */
    public static SimulatedFarm open(
            Installation installation,
            Home home,
            FarmConfig.Budget budget,
            Instant now,
            Function<Attempt, Duration> suites)
            throws IOException, ConfigError, FarmFailed, InterruptedException {
        VirtualTime time = new VirtualTime(now);
        int boots = Math.max(1, (int) budget.cpus());
        Simulation simulation = new Simulation(
                time,
                budget,
                boots,
                (in, cell, attempt, folder, step) -> live(in, attempt, folder, step, suites.apply(attempt), time));
        return new SimulatedFarm(time, HeldFarm.open(installation, installation.farm(), home, simulation));
    }

    private static CellEnd live(
            Farm farm, Attempt attempt, Path folder, BiConsumer<Step, Instant> step, Duration suite, VirtualTime time)
            throws IOException, InterruptedException {
        step.accept(Step.CLONING, time.instant());
        step.accept(Step.BOOTING, time.instant());
        try (var _ = farm.capacity().boot()) {
            time.sleep(BOOT);
        }
        step.accept(Step.RUNNING, time.instant());
        time.sleep(suite.abs());
        String one = attempt.onlyCase() == null ? "a" : attempt.onlyCase();
        Files.writeString(folder.resolve("journal"), (suite.isNegative() ? "FAIL: " : "PASS: ") + one + "\nEND: 1\n");
        return new CellEnd.Ran(new SuiteEnding.Exited(0, List.of()), new TreeMap<>(), List.of());
    }

    public HeldFarm farm() {
        return farm;
    }

    public VirtualTime time() {
        return time;
    }

    /** Runs cells to their ends; how long that took on the farm's clock. */
    public Duration run(List<CellRun> cells) throws InterruptedException {
        Instant from = time.instant();
        Thread work = begin(cells);
        turn(Instant.MAX, work);
        return Duration.between(from, time.instant());
    }

    /** Begins to run cells while the clock stands still; it goes on with {@link #turn}. */
    public Thread begin(List<CellRun> cells) throws InterruptedException {
        Thread work = Thread.ofPlatform().name("simulated night").start(() -> farm.run(cells));
        while (work.isAlive() && !cells.stream().allMatch(farm::isUnderWay)) {
            Thread.onSpinWait();
        }
        return work;
    }

    /** Lets the clock go on until a time, or until nothing is under way any more. */
    public void turn(Instant until, Thread work) {
        time.turn(until, farm::waits, work::isAlive);
    }

    @Override
    public void close() throws IOException {
        farm.close();
    }
}
