package muster.orchestrator.cli;

import java.util.List;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.ReadyBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench ready}: how long a pristine guest takes from clone to its first SSH command. */
@Command(
        name = "ready",
        description =
                "Measures the time from clone to the first SSH command and where it goes, one guest after another.")
final class BenchReadyCommand extends GuestBenchmark {

    @Option(
            names = {"-n", "--count"},
            description = "How many guests; default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    int count;

    @Override
    List<Figures> measure(Place place, BenchGuests guests) throws Exception {
        return new ReadyBench(guests).measure(count, place.progress()::println);
    }
}
