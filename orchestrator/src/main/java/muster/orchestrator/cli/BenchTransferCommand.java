package muster.orchestrator.cli;

import java.util.List;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.TransferBench;
import muster.orchestrator.config.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench transfer}: files and commands beside the system's SSH client. */
@Command(
        name = "transfer",
        description =
                "Measures files up and down and commands over SSH, beside the system's own ssh with the same cipher.")
final class BenchTransferCommand extends GuestBenchmark {

    @Option(
            names = {"-n", "--count"},
            description = "How many rounds; default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    int count;

    @Option(names = "--size", description = "How long the file is; default: ${DEFAULT-VALUE}.", defaultValue = "200M")
    String size = "";

    @Override
    List<Figures> measure(Place place, BenchGuests guests) throws Exception {
        long bytes;
        try {
            bytes = Sizes.parse(size);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.usage(String.valueOf(unreadable.getMessage()));
        }
        return new TransferBench(guests, bytes).measure(count, place.progress()::println);
    }
}
