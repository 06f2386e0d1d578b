package muster.orchestrator.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import muster.images.Recipe;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.guest.GuestDrivers;
import picocli.CommandLine.Option;

/** A measurement of guests of one distribution on one driver. */
abstract class GuestBenchmark extends Benchmark {

    @Option(names = "--distribution", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "debian-12")
    String distribution = "";

    @Option(names = "--driver", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "uml")
    String driver = "";

    abstract List<Figures> measure(Place place, BenchGuests guests) throws Exception;

    @Override
    final Measured measure(Place place) throws Exception {
        Recipe recipe = place.installation()
                .recipe(distribution)
                .orElseThrow(() -> Refusal.usage("cannot measure '" + distribution + "': no such distribution"))
                .recipe();
        if (!GuestDrivers.names().contains(driver)) {
            throw Refusal.usage("cannot measure on '" + driver + "': no such driver; there are "
                    + String.join(", ", GuestDrivers.names()));
        }
        BenchGuests guests = place.farm().benches().guests(recipe, driver, place.progress()::println);
        SequencedMap<String, String> setting = new LinkedHashMap<>();
        setting.put("distribution", distribution);
        setting.put("driver", driver);
        setting.put("memory", Sizes.format(guests.memoryBytes()));
        return new Measured(ExitCode.GOOD, setting, measure(place, guests));
    }
}
