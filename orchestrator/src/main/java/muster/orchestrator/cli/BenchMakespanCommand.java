package muster.orchestrator.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import picocli.CommandLine.Command;

/** {@code muster bench makespan}: how well guests that mostly sleep share this host. */
@Command(
        name = "makespan",
        description =
                "Runs eight guests that sleep a minute each; prints wall time / 60 s and what the orchestrator took.")
final class BenchMakespanCommand extends Benchmark {

    private static final String MATRIX = "config/matrices/makespan.yaml";
    private static final double SLEEP_SECONDS = 60;
    private static final double MEGABYTE = 1 << 20;

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
