package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code muster bench makespan}: how well guests that mostly sleep share this host. */
@Command(
        name = "makespan",
        description =
                "Runs eight guests that sleep a minute each; prints wall time / 60 s and what the orchestrator took.")
final class BenchMakespanCommand implements Callable<Integer> {

    private static final String MATRIX = "config/matrices/makespan.yaml";
    private static final double SLEEP_SECONDS = 60;

    @CommandLine.ParentCommand
    BenchCommand bench;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(bench.main.home);
        Installation installation = Installations.of(home);
        FarmConfig config = installation.farm();
        Path file = installation.root().resolve(MATRIX);
        // A run with settings counts in no lane: a measurement is no night.
        Matrix matrix = Matrix.read(file, new TreeMap<>(Map.of("limits.suite", "10m")), installation, config);
        PrintWriter out = spec.commandLine().getOut();
        try (HeldFarm farm = HeldFarm.open(installation, config, home, clock)) {
            Interrupts.onSignal(farm::stop);
            farm.makeImages(matrix.cells(), spec.commandLine().getErr()::println);
            List<CellRun> runs = farm.queue(matrix, matrix.cells());
            Duration cpuBefore = cpuTime();
            long from = System.nanoTime();
            farm.run(runs);
            double wall = (System.nanoTime() - from) / 1e9;
            double cpu = cpuTime().minus(cpuBefore).toMillis() / 1000.0;
            List<CellStatus> ends = farm.board().snapshot();
            int exit = ExitCode.of(ends.stream().map(CellStatus::outcome).toList());
            Map<String, Object> figures = new TreeMap<>();
            figures.put("guests", runs.size());
            figures.put("wallSeconds", wall);
            figures.put("ratio", wall / SLEEP_SECONDS);
            figures.put("orchestratorCores", cpu / wall);
            figures.put("heapPeakMegabytes", heapPeak() >> 20);
            if (json) {
                out.println(new JsonMapper().writeValueAsString(figures));
            } else {
                out.printf(
                        "%d guests asleep for %.0f s each: %.1f s, %.2f of one; the orchestrator: %.3f cores, heap %d MB at most%n",
                        runs.size(), SLEEP_SECONDS, wall, wall / SLEEP_SECONDS, cpu / wall, heapPeak() >> 20);
            }
            return exit;
        }
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most that the heap held, in bytes, as the sum of its pools' peaks. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
