package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Folders;
import muster.orchestrator.text.Table;
import muster.reports.site.SiteBench;
import muster.reports.store.BenchFarm;
import muster.reports.store.JdbiResultStore;
import muster.reports.store.StoreBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench site}: how long pages and an export take on this host. */
@Command(
        name = "site",
        description =
                "Measures the pages of a made-up farm of 20 distributions, 5 suites and 1,000 cases, and an export.")
final class BenchSiteCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    BenchCommand bench;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--nights", paramLabel = "N", description = "Of so many nights; default: ${DEFAULT-VALUE}.")
    int nights = 1_000;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        if (nights < 2) {
            throw Refusal.usage("cannot measure " + nights + " nights: comparing takes two");
        }
        Path folder = Files.createTempDirectory("muster-bench");
        try {
            PrintWriter err = spec.commandLine().getErr();
            List<StoreBench.Figure> figures = new SiteBench(err::println)
                    .run(
                            folder,
                            nights,
                            new BenchFarm.Size(20, 5, 1_000, 0.001),
                            place -> JdbiResultStore.open(place, Clock.systemUTC()));
            print(figures);
            return figures.stream().allMatch(StoreBench.Figure::holds) ? ExitCode.GOOD : ExitCode.BAD;
        } finally {
            Folders.delete(folder);
        }
    }

    private void print(List<StoreBench.Figure> figures) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Words.JSON.writeValueAsString(figures));
            return;
        }
        Table table = new Table().row("holds", "measured", "target", "what");
        figures.forEach(figure -> table.row(
                FigureWords.holds(figure), FigureWords.measured(figure), FigureWords.target(figure), figure.what()));
        table.lines(200).forEach(out::println);
    }
}
