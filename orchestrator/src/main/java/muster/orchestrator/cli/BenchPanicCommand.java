package muster.orchestrator.cli;

import java.util.List;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.PanicBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench panic}: how soon a kernel's panic is the outcome. */
@Command(
        name = "panic",
        description = "Measures the time from a panic's line on the console to the outcome, one guest after another.")
final class BenchPanicCommand extends GuestBenchmark {

    @Option(
            names = {"-n", "--count"},
            description = "How many guests; default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    int count;

    @Override
    List<Figures> measure(Place place, BenchGuests guests) throws Exception {
        return new PanicBench(guests).measure(count, place.progress()::println);
    }
}
