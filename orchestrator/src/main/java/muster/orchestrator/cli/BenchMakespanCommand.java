package muster.orchestrator.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import muster.orchestrator.bench.BenchReport;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.SimulatedMakespan;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench makespan}: how well guests that mostly sleep share this host. */
@Command(
        name = "makespan",
        description = {
            "Runs eight guests that sleep a minute each; prints wall time / 60 s and what the orchestrator took.",
            "With --simulated: nights of many cells of mixed durations and memory, through the farm's own queue and engine in"
                    + " simulated time; prints wall time / what no order could undercut (the longest cell; all on all"
                    + " processors; memory over time in all memory), at most 1.05, and / first come, first served, at most"
                    + " 0.85. Exits with 1 where a median misses."
        })
final class BenchMakespanCommand extends Benchmark {

    private static final String MATRIX = "config/matrices/makespan.yaml";
    private static final double SLEEP_SECONDS = 60;
    private static final double MEGABYTE = 1 << 20;

    private static final double OVER_BOUND = 1.05;
    private static final double OVER_IN_TURN = 0.85;

    @Option(names = "--simulated", description = "Guests, host and time are simulated; needs no home.")
    boolean simulated;

    @Option(names = "--cells", paramLabel = "N", description = "Simulated: of a night; default: ${DEFAULT-VALUE}.")
    int cells = 200;

    @Option(names = "--seeds", paramLabel = "N", description = "Simulated: how many farms; default: ${DEFAULT-VALUE}.")
    int seeds = 5;

    @Option(
            names = "--nights",
            paramLabel = "N",
            description = "Simulated: nights before the one that is measured; default: ${DEFAULT-VALUE}.")
    int nights = 2;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Simulated: of all guests; default: ${DEFAULT-VALUE}.")
    String memory = "24G";

    @Option(names = "--slots", paramLabel = "N", description = "Simulated: guests at once; default: ${DEFAULT-VALUE}.")
    int slots = 32;

    @Override
    public Integer call() throws Exception {
        return simulated ? simulate() : super.call();
    }

    private int simulate() throws Exception {
        Path root = Installation.rootOf(System.getProperty(Installation.PROPERTY));
        FarmConfig.Budget budget = new FarmConfig.Budget(Sizes.parse(memory), slots);
        SimulatedMakespan makespan = new SimulatedMakespan(root, budget, cells, nights);
        List<SimulatedMakespan.Night> measured = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Path folder = Files.createTempDirectory("muster-simulated");
            try {
                measured.add(makespan.night(seed, folder));
            } finally {
                Folders.delete(folder);
            }
            spec.commandLine().getErr().println("simulated the nights of farm " + seed);
        }
        SequencedMap<String, String> setting = new LinkedHashMap<>();
        setting.put("cells", Integer.toString(cells));
        setting.put("memory", memory);
        setting.put("slots", Integer.toString(slots));
        setting.put("earlier nights", Integer.toString(nights));
        Figures overBound = new Figures(
                "wall time / lower bound",
                "",
                measured.stream().map(SimulatedMakespan.Night::overBound).toList());
        Figures overInTurn = new Figures(
                "wall time / first come, first served",
                "",
                measured.stream().map(SimulatedMakespan.Night::overInTurn).toList());
        BenchReport report = new BenchReport(spec.name(), setting, List.of(overBound, overInTurn));
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return overBound.median() <= OVER_BOUND && overInTurn.median() <= OVER_IN_TURN ? ExitCode.GOOD : ExitCode.BAD;
    }

    @Override
    Runnable onSignal(HeldFarm farm) {
        return farm::stop;
    }

    @Override
    Measured measure(Place place) throws Exception {
        HeldFarm farm = place.farm();
        Path file = place.installation().root().resolve(MATRIX);
        // A run with settings counts in no lane: a measurement is no night.
        Matrix matrix =
                Matrix.read(file, new TreeMap<>(Map.of("limits.suite", "10m")), place.installation(), place.config());
        farm.setUp(matrix.cells(), place.progress()::println);
        List<CellRun> runs = farm.queue(matrix, matrix.cells());
        Duration cpuBefore = cpuTime();
        long from = System.nanoTime();
        farm.run(runs);
        double wall = (System.nanoTime() - from) / 1e9;
        double cpu = cpuTime().minus(cpuBefore).toMillis() / 1000.0;
        int exit = ExitCode.of(
                farm.board().snapshot().stream().map(CellStatus::outcome).toList());
        SequencedMap<String, String> setting = new LinkedHashMap<>();
        setting.put("guests", Integer.toString(runs.size()));
        setting.put("driver", matrix.cells().getFirst().key().driver());
        setting.put("memory", Sizes.format(matrix.cells().getFirst().guest().memoryBytes()));
        return new Measured(
                exit,
                setting,
                List.of(
                        Figures.once("wall time", "s", wall),
                        Figures.once("wall time / %.0f s".formatted(SLEEP_SECONDS), "", wall / SLEEP_SECONDS),
                        Figures.once("processor of the orchestrator", "cores", cpu / wall),
                        Figures.once("heap of the orchestrator at most", "MiB", heapPeak() / MEGABYTE)));
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most that the heap held, in bytes, as the sum of its pools' peaks. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
