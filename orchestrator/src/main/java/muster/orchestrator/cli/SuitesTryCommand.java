package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Matrix;
import muster.reports.CellKey;
import muster.testsuites.Suite;
import muster.testsuites.format.ResultFormats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster suites try}: one suite in one guest, for whoever writes it. The same machinery as a run of a matrix. */
@Command(
        name = "try",
        description = {
            "Runs a suite in one guest and prints its log and its results as they come.",
            "A try counts in no history."
        })
final class SuitesTryCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    SuitesCommand suites;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SUITE[:VARIANT]",
            description = "The suite, by name or folder, e.g. posix:quick or ./my-suite; else its first variant.")
    String named = "";

    @Parameters(index = "1", paramLabel = "DISTRIBUTION", description = "The distribution, by name.")
    String distribution = "";

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            description = "The guest's driver, else the farm's preferred one.")
    @Nullable
    String driver;

    @Option(names = "--case", paramLabel = "NAME", description = "Runs this one case alone, by the suite's run-case.")
    @Nullable
    String onlyCase;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "How long the guest is kept when the suite ends badly, for 'muster shell'; else 1h.")
    Duration keep = Duration.ofHours(1);

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(suites.main.home);
        Installation shipped = Installations.of(home);
        FarmConfig config = shipped.farm();
        int colon = Files.exists(Path.of(named)) ? -1 : named.lastIndexOf(':');
        SuiteChoice choice = SuiteChoice.of(shipped, colon < 0 ? named : named.substring(0, colon));
        Installation installation = choice.installation();
        Suite suite = installation.suite(choice.files().firstKey()).orElseThrow();
        Suite.Variant variant = variant(suite, colon < 0 ? null : named.substring(colon + 1));
        known("distribution", distribution, installation.recipeFiles().keySet());
        if (driver != null) {
            known("driver", driver, installation.drivers());
        }
        if (onlyCase != null && suite.commands().runCase() == null) {
            throw Refusal.usage("cannot run one case of " + suite.name()
                    + " alone: its suite.yaml names no run-case among its commands");
        }
        Matrix matrix = matrix(home, installation, config, suite, variant);
        String one = onlyCase;
        List<Cell> cells = one == null
                ? matrix.cells()
                : matrix.cells().stream().map(cell -> cell.only(one)).toList();
        return run(home, installation, config, matrix, cells, clock);
    }

    private int run(
            Home home, Installation installation, FarmConfig config, Matrix matrix, List<Cell> cells, Clock clock)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (HeldFarm farm = HeldFarm.open(installation, config, home, clock)) {
            HeldCommands.answer(farm, home);
            Interrupts.onSignal(farm::stop);
            farm.keepFailed(keep);
            farm.board().onChange(new EventLines(out, clock, config.zone())::print);
            var runs = farm.queue(matrix, cells);
            Files.delete(matrix.origin().file());
            Suite suite = cells.getFirst().suite();
            TryOutput output = TryOutput.follow(
                    farm.door(),
                    runs.getFirst().id(),
                    ResultFormats.named(suite.format()).orElseThrow(),
                    out);
            farm.run(runs);
            output.await();
            int exit = new Summary(farm.store().history(), home.report())
                    .print(farm.board().snapshot(), out);
            KeptOnes.tell(home, clock.instant(), out);
            return exit;
        }
    }

    private static Suite.Variant variant(Suite suite, @Nullable String name) throws Refusal {
        if (name == null) {
            Suite.Variant usual = suite.variants().get(CellKey.DEFAULT_VARIANT);
            return usual == null ? suite.variants().firstEntry().getValue() : usual;
        }
        known("variant of " + suite.name(), name, suite.variants().keySet());
        return Objects.requireNonNull(suite.variants().get(name));
    }

    private static void known(String what, String word, Collection<String> known) throws Refusal {
        if (!known.contains(word)) {
            throw Refusal.usage("cannot find a " + what + " '" + word + "': expected one of " + String.join(", ", known)
                    + Nearest.to(word, known)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
    }

    /** A matrix of one cell. Its setting keeps it out of every history. */
    private Matrix matrix(Home home, Installation installation, FarmConfig config, Suite suite, Suite.Variant variant)
            throws IOException, ConfigError {
        Path file = Files.createTempFile(home.folder(), ".try", ".yaml");
        Files.writeString(file, """
                matrix: try
                distributions: ["%s"]
                suites: { "%s": { variants: ["%s"] } }
                """.formatted(distribution, suite.name(), variant.name()));
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("description", "a try of " + suite.name());
        if (driver != null) {
            settings.put("guest.driver", "[" + driver + "]");
        }
        boolean done = false;
        try {
            Matrix matrix = Matrix.read(file, settings, installation, config);
            done = true;
            return matrix;
        } finally {
            if (!done) {
                Files.delete(file);
            }
        }
    }
}
