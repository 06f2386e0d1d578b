package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SortedMap;
import java.util.function.Function;
import muster.orchestrator.home.Home;
import muster.testsuites.RunnerSettings;
import org.jspecify.annotations.Nullable;

/**
 * What every attempt works with.
 *
 * @param home where it keeps its things
 * @param clock the time
 * @param capacity how many guests this host takes
 * @param images what guests boot
 * @param boots how guests come up
 * @param results where ends are stored
 * @param kept guests that outlive their attempts
 * @param board where progress is shown
 * @param runnerSettings how suites are run and followed, by the guest's folder
 * @param retries which shards are run again
 * @param facts of this host and program, for provenance, by dotted name
 * @param simulated what stands in for guests, or null where they are real
 */
public record Farm(
        Home home,
        Clock clock,
        Capacity capacity,
        Images images,
        Boots boots,
        Results results,
        KeptGuests kept,
        Board board,
        Function<Path, RunnerSettings> runnerSettings,
        ShardRetries retries,
        SortedMap<String, String> facts,
        @Nullable SimulatedGuests simulated) {

    /** With real guests. */
    public Farm(
            Home home,
            Clock clock,
            Capacity capacity,
            Images images,
            Boots boots,
            Results results,
            KeptGuests kept,
            Board board,
            Function<Path, RunnerSettings> runnerSettings,
            ShardRetries retries,
            SortedMap<String, String> facts) {
        this(home, clock, capacity, images, boots, results, kept, board, runnerSettings, retries, facts, null);
    }

    /** The same with what stands in for guests. */
    public Farm simulating(SimulatedGuests guests) {
        return new Farm(
                home, clock, capacity, images, boots, results, kept, board, runnerSettings, retries, facts, guests);
    }

    /** What a run may have beside the matrix's own limit. */
    @FunctionalInterface
    public interface ShardRetries {
        /**
         * Takes one retry, if there is one left, when it is time for it.
         *
         * @param had how many the shard had
         */
        boolean take(long run, int had) throws IOException, InterruptedException;
    }
}
