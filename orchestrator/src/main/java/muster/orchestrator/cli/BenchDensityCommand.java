package muster.orchestrator.cli;

import java.util.List;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.DensityBench;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.config.HostCapacity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench density}: what idle guests cost, and so how many fit. */
@Command(
        name = "density",
        description =
                "Starts guests and leaves them alone; tells what memory and processor each takes, and how many fit.")
final class BenchDensityCommand extends GuestBenchmark {

    @Option(
            names = {"-n", "--count"},
            description = "How many guests at once; default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    int count;

    @Override
    List<Figures> measure(Place place, BenchGuests guests) throws Exception {
        long budget = place.config().budget(HostCapacity.here()).memoryBytes();
        return new DensityBench(guests).measure(count, budget, place.progress()::println);
    }
}
