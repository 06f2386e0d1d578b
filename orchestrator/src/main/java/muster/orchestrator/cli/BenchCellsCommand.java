package muster.orchestrator.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import muster.orchestrator.bench.BenchReport;
import muster.orchestrator.bench.cells.CellsBench;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Folders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench cells}: what very many cells at once take of the orchestrator. */
@Command(
        name = "cells",
        description = {
            "Runs 1,000 cells at once, in a service with 1 GB of heap on one core. Their guests are played by one other process, an SSH"
                    + " server that writes journals and logs as suites do; nothing else is simulated.",
            "Prints what the service takes, how long lines take from written to seen on the pages, and whether all is stored that was"
                    + " written. Exits with 1 where something was lost or a target is missed. Needs no home."
        })
final class BenchCellsCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--cells", paramLabel = "N", description = "At once; default: ${DEFAULT-VALUE}.")
    int cells = 1_000;

    @Option(names = "--seconds", paramLabel = "N", description = "How long all of them run; default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(
            names = "--every",
            paramLabel = "MS",
            description = "Milliseconds between two cases of a suite; default: ${DEFAULT-VALUE}.")
    int every = 2_000;

    @Option(
            names = "--pages",
            paramLabel = "N",
            description = "Cells whose pages are open, beside the run's; default: ${DEFAULT-VALUE}.")
    int pages = 10;

    @Option(
            names = "--kill",
            description =
                    "Then kills the service, and says how soon another follows all suites on. Browsers look until then.")
    boolean killed;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Path root = Installation.rootOf(System.getProperty(Installation.PROPERTY));
        Path folder = Files.createTempDirectory("muster-cells");
        try {
            CellsBench.Size size =
                    new CellsBench.Size(cells, Duration.ofSeconds(seconds), Duration.ofMillis(every), pages, killed);
            CellsBench.Result result = new CellsBench(
                            root, folder, size, spec.commandLine().getErr()::println, Clock.systemUTC())
                    .measure();
            SequencedMap<String, String> setting = new LinkedHashMap<>();
            setting.put("cells", Integer.toString(cells));
            setting.put("a case every", every + " ms");
            setting.put("pages", Integer.toString(pages + 1));
            BenchReport report = new BenchReport(spec.name(), setting, result.figures());
            spec.commandLine().getOut().println(json ? report.json() : report.text());
            result.troubles().stream()
                    .limit(SHOWN)
                    .map(trouble -> "not as it should be: " + trouble)
                    .forEach(spec.commandLine().getErr()::println);
            return result.holds() ? ExitCode.GOOD : ExitCode.BAD;
        } finally {
            Folders.delete(folder);
        }
    }
}
