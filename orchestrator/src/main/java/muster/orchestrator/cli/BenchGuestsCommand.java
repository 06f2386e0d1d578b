package muster.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import muster.images.Recipe;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.bench.GuestRow;
import muster.orchestrator.bench.GuestRows;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench guests}: what guests cost that are there at once, beside those that boot. */
@Command(
        name = "guests",
        description = "Measures guests that are there at once beside those that boot, row by row, with targets.")
final class BenchGuestsCommand extends Benchmark {

    private static final String LOAD = "/proc/loadavg";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often; default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    int rounds;

    @Option(
            names = "--row",
            paramLabel = "NAME",
            description = "Only this row (may be repeated): ${COMPLETION-CANDIDATES}.",
            completionCandidates = RowNames.class)
    List<String> names = new ArrayList<>();

    @Option(names = "--distribution", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "debian-12")
    String distribution = "";

    @Override
    Measured measure(Place place) throws Exception {
        List<GuestRow> rows = chosen();
        if (rounds < 1) {
            throw Refusal.usage("cannot measure " + rounds + " rounds: one is the least");
        }
        Recipe recipe = place.installation()
                .recipe(distribution)
                .orElseThrow(() -> Refusal.usage("cannot measure '" + distribution + "': no such distribution"))
                .recipe();
        GuestRows.Place where = new GuestRows.Place(
                place.farm(),
                (driver, making) -> place.farm().benches().guests(recipe, driver, making, place.progress()::println),
                (name, strict) -> matrix(place, name, strict));
        SequencedMap<String, String> setting = new LinkedHashMap<>();
        setting.put("distribution", distribution);
        setting.put("memory", Sizes.format(place.config().guest().memoryBytes()));
        setting.put("load before", load());
        List<Figures> figures = new ArrayList<>();
        boolean all = true;
        for (GuestRow row : rows) {
            place.progress().println(row.name() + ": " + row.title());
            try {
                figures.addAll(row.measure(where, rounds, place.progress()::println));
            } catch (FarmFailed cannot) {
                setting.put("not measured: " + row.name(), String.valueOf(cannot.getMessage()));
                all = false;
            }
        }
        setting.put("load after", load());
        boolean good = all && figures.stream().allMatch(Figures::holds);
        return new Measured(good ? ExitCode.GOOD : ExitCode.BAD, setting, figures);
    }

    /** For the help and for shells. */
    static final class RowNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return GuestRows.all().stream().map(GuestRow::name).iterator();
        }
    }

    private List<GuestRow> chosen() throws Refusal {
        List<GuestRow> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(GuestRows.named(name)
                    .orElseThrow(() -> Refusal.usage("cannot measure '" + name + "': no such row; there are "
                            + String.join(
                                    ", ",
                                    GuestRows.all().stream().map(GuestRow::name).toList()))));
        }
        return rows.isEmpty() ? GuestRows.all() : rows;
    }

    /** A shipped matrix. A run with settings counts in no lane: a measurement is no night. */
    private static Matrix matrix(Place place, String name, boolean strict) throws ConfigError {
        Path file = place.installation().root().resolve("config/matrices/" + name + ".yaml");
        return Matrix.read(
                file, new TreeMap<>(Map.of("strict", Boolean.toString(strict))), place.installation(), place.config());
    }

    /** How many processes have wanted to run, on average over the last minutes. */
    private static String load() throws IOException {
        return Files.readString(Path.of(LOAD)).split(" ", 2)[0];
    }
}
