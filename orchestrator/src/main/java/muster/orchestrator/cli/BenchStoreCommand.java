package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Folders;
import muster.orchestrator.text.Table;
import muster.reports.store.BenchFarm;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.StoreBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench store}: how fast and how small the report database is on this host. */
@Command(name = "store", description = "Measures the report database on H2, and on PostgreSQL where one is named.")
final class BenchStoreCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    BenchCommand bench;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--nights", paramLabel = "N", description = "Of so many nights; default: ${DEFAULT-VALUE}.")
    int nights = 1_000;

    @Option(names = "--distributions", paramLabel = "N", description = "Each of so many; default: ${DEFAULT-VALUE}.")
    int distributions = 20;

    @Option(names = "--suites", paramLabel = "N", description = "Each with so many; default: ${DEFAULT-VALUE}.")
    int suites = 5;

    @Option(names = "--cases", paramLabel = "N", description = "Each of so many; default: ${DEFAULT-VALUE}.")
    int cases = 1_000;

    @Option(
            names = "--changing",
            paramLabel = "SHARE",
            description = "The share of verdicts that change in a night; default: ${DEFAULT-VALUE}.")
    double changing = 0.001;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "An empty folder for databases that are left there; default: one that is removed at the end.")
    @Nullable
    Path folder;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "An empty database, jdbc:postgresql://HOST:PORT/DATABASE?user=USER.")
    @Nullable
    String postgres;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        if (nights < 2) {
            throw Refusal.usage("cannot measure " + nights + " nights: what a night adds takes two");
        }
        Path own = folder == null ? Files.createTempDirectory("muster-bench") : null;
        try {
            return measure(own == null ? Objects.requireNonNull(folder) : own);
        } finally {
            if (own != null) {
                Folders.delete(own);
            }
        }
    }

    private BenchFarm.Size size() throws Refusal {
        try {
            return new BenchFarm.Size(distributions, suites, cases, changing);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private int measure(Path where) throws Exception {
        BenchFarm.Size size = size();
        PrintWriter err = spec.commandLine().getErr();
        Map<String, List<StoreBench.Figure>> engines = new LinkedHashMap<>();
        Path h2 = Files.createDirectories(where.resolve("h2"));
        engines.put("H2", new StoreBench(h2, null, nights, size, line -> err.println("H2: " + line)).run());
        if (postgres != null) {
            Path beside = Files.createDirectories(where.resolve("postgres"));
            DatabaseAddress address = new DatabaseAddress(postgres, null, null);
            engines.put(
                    "PostgreSQL",
                    new StoreBench(beside, address, nights, size, line -> err.println("PostgreSQL: " + line)).run());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(engines));
        } else {
            Table table = new Table().row("engine", "holds", "measured", "target", "what");
            engines.forEach((engine, figures) -> figures.forEach(figure -> table.row(
                    engine,
                    FigureWords.holds(figure),
                    FigureWords.measured(figure),
                    FigureWords.target(figure),
                    figure.what())));
            table.lines(200).forEach(out::println);
        }
        return engines.values().stream().flatMap(List::stream).allMatch(StoreBench.Figure::holds)
                ? ExitCode.GOOD
                : ExitCode.BAD;
    }
}
