package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.Attempt;
import muster.reports.CellKey;

/**
 * How well the farm's order of cells uses a host, in simulated time: nights of cells of mixed durations and memory, told
 * apart by a seed, against what no order could undercut and against the order in which they were asked for.
 */
public final class SimulatedMakespan {

    /** Mebibytes. */
    private static final int[] MEMORY = {256, 256, 512, 512, 1024, 2048, 4096};

    private static final Instant FIRST_NIGHT = Instant.parse("2030-01-01T01:30:00Z");

    private final Path root;
    private final FarmConfig.Budget budget;
    private final int cells;
    private final int pastNights;

    /**
     * @param root the program's folder
     * @param budget what guests may use together
     * @param cells how many a night has
     * @param pastNights how many there were before the one that is measured
     */
    public SimulatedMakespan(Path root, FarmConfig.Budget budget, int cells, int pastNights) {
        this.root = root;
        this.budget = budget;
        this.cells = cells;
        this.pastNights = pastNights;
    }

    /**
     * What a night came to.
     *
     * @param wall from its first clone to its last end
     * @param bound what no order could undercut
     * @param inTurn the same cells begun in the order in which they were asked for, each when there is room for it
     */
    public record Night(Duration wall, Duration bound, Duration inTurn) {
        public double overBound() {
            return (double) wall.toMillis() / bound.toMillis();
        }

        public double overInTurn() {
            return (double) wall.toMillis() / inTurn.toMillis();
        }
    }

    /** Plays the nights of a seed, and measures the last. */
    public Night night(long seed, Path folder) throws IOException, ConfigError, FarmFailed, InterruptedException {
        Random random = new Random(seed);
        Home home = Home.open(folder);
        Installation installation = new Installation(root, home.folder(), Set.of("toybox"), GuestDrivers.names());
        Path file = SimulatedMatrix.write(home, "simulated", cells, () -> MEMORY[random.nextInt(MEMORY.length)]);
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, installation.farm());
        Map<CellKey, Duration> usual = new HashMap<>();
        matrix.cells().forEach(cell -> usual.put(cell.key(), usual(random)));
        Map<CellKey, Duration> tonight = new HashMap<>();
        try (SimulatedFarm farm =
                SimulatedFarm.open(installation, home, budget, FIRST_NIGHT, attempt -> of(tonight, attempt))) {
            for (int night = 0; night < pastNights; night++) {
                spread(usual, tonight, random);
                farm.run(farm.farm().queue(matrix, matrix.cells()));
            }
            spread(usual, tonight, random);
            List<CellRun> runs = farm.farm().queue(matrix, matrix.cells());
            List<Guest> guests = runs.stream()
                    .map(run -> new Guest(
                            of(tonight, run.id()),
                            run.need().memoryBytes(),
                            run.need().cpus()))
                    .toList();
            return new Night(farm.run(runs), bound(guests), inTurn(guests));
        }
    }

    private static Duration of(Map<CellKey, Duration> tonight, Attempt attempt) {
        Duration takes = tonight.get(attempt.cell());
        if (takes == null) {
            throw new IllegalStateException("nobody said how long " + attempt.cell() + " takes");
        }
        return takes;
    }

    /** A third each takes up to five minutes, half an hour and two hours. */
    private static Duration usual(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> between(random, 60, 300);
            case 1 -> between(random, 300, 1800);
            default -> between(random, 1800, 7200);
        };
    }

    private static Duration between(Random random, int from, int to) {
        return Duration.ofSeconds(from + random.nextInt(to - from));
    }

    /** Each night is a tenth longer or shorter. */
    private static void spread(Map<CellKey, Duration> usual, Map<CellKey, Duration> tonight, Random random) {
        new TreeMap<>(usual)
                .forEach((cell, time) -> tonight.put(
                        cell, Duration.ofMillis((long) (time.toMillis() * Math.exp(0.1 * random.nextGaussian())))));
    }

    /** What a guest takes. */
    record Guest(Duration time, long memoryBytes, double cpus) {}

    /** The longest; all of them on all processors; all their memory over time in all memory: the greatest of these. */
    Duration bound(List<Guest> guests) {
        double longest = 0;
        double processors = 0;
        double memory = 0;
        for (Guest guest : guests) {
            double millis = guest.time().toMillis();
            longest = Math.max(longest, millis);
            processors += millis * guest.cpus() / budget.cpus();
            memory += millis * guest.memoryBytes() / budget.memoryBytes();
        }
        return Duration.ofMillis((long) Math.max(longest, Math.max(processors, memory)));
    }

    /** First come, first served: nobody passes one that does not fit yet. */
    Duration inTurn(List<Guest> guests) {
        List<Map.Entry<Duration, Guest>> ends = new ArrayList<>();
        Duration now = Duration.ZERO;
        long memory = budget.memoryBytes();
        double cpus = budget.cpus();
        for (Guest next : guests) {
            while (next.memoryBytes() > memory || next.cpus() > cpus + 1e-9) {
                Map.Entry<Duration, Guest> first =
                        ends.stream().min(Map.Entry.comparingByKey()).orElseThrow();
                ends.remove(first);
                now = first.getKey();
                memory += first.getValue().memoryBytes();
                cpus += first.getValue().cpus();
            }
            memory -= next.memoryBytes();
            cpus -= next.cpus();
            ends.add(Map.entry(now.plus(next.time()), next));
        }
        return ends.stream().map(Map.Entry::getKey).max(Duration::compareTo).orElse(now);
    }
}
