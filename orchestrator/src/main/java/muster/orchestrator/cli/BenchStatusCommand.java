package muster.orchestrator.cli;

import java.util.LinkedHashMap;
import java.util.List;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.StatusBench;
import muster.orchestrator.config.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench status}: how long a look at a farm takes. */
@Command(
        name = "status",
        description = {
            "Measures 'muster status' as a whole process, the launcher included, while this one holds the home as a service does;"
                    + " beside it 'java -version'.",
            "To be at most 5 times that; exits with 1 where the median misses."
        })
final class BenchStatusCommand extends Benchmark {

    @Option(
            names = {"-n", "--count"},
            description = "How many of each; default: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    int count;

    @Override
    Measured measure(Place place) throws Exception {
        Installation installation = place.installation();
        List<Figures> figures =
                new StatusBench(installation.root().resolve("muster"), installation.home()).measure(count);
        boolean holds = figures.stream().allMatch(Figures::holds);
        return new Measured(holds ? ExitCode.GOOD : ExitCode.BAD, new LinkedHashMap<>(), figures);
    }
}
