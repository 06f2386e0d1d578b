package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.History;
import muster.reports.ResultStore;
import muster.reports.Site;
import muster.reports.export.CsvExport;
import muster.reports.export.CtrfExport;
import muster.reports.export.JunitExport;
import muster.reports.view.RunLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster report export}. */
@Command(
        name = "export",
        description = {
            "Writes the report as a static site into DIR;",
            "with --run, one run as an archive that 'muster report import' reads elsewhere;",
            "with --junit, --ctrf or --csv, the results of one run as other programs read them."
        })
final class ReportExportCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    ReportCommand report;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|FILE",
            description = "The site's folder; default: report. Or the archive's file; default: run-N.tar.zst.")
    @Nullable
    Path place;

    @Option(names = "--junit", paramLabel = "DIR", description = "A file of JUnit XML for each cell, into this folder.")
    @Nullable
    Path junit;

    @Option(
            names = "--ctrf",
            paramLabel = "DIR",
            description = "A file in the Common Test Report Format (JSON) for each cell, into this folder.")
    @Nullable
    Path ctrf;

    @Option(names = "--csv", paramLabel = "FILE", description = "A table with a line for each result.")
    @Nullable
    Path csv;

    @Option(
            names = "--run",
            paramLabel = "N",
            description = "Of this run; --junit, --ctrf and --csv: default is the newest.")
    @Nullable
    Long run;

    @Override
    public Integer call() throws Exception {
        Home home = Home.open(report.main.home);
        PrintWriter out = spec.commandLine().getOut();
        ZoneId zone = Installations.of(home).farm().zone();
        try (OpenStore opened = report.main.openStore()) {
            ResultStore store = opened.store();
            if (junit != null) {
                Path folder = report.main.given(junit);
                JunitExport.write(store.history(), store.waivers(), number(store.history()), zone, folder);
                out.println(folder);
            }
            if (ctrf != null) {
                Path folder = report.main.given(ctrf);
                CtrfExport.write(store.history(), store.waivers(), number(store.history()), zone, folder);
                out.println(folder);
            }
            if (csv != null) {
                Path file = report.main.given(csv);
                CsvExport.write(store.history(), store.waivers(), number(store.history()), zone, file);
                out.println(file);
            }
            if (junit == null && ctrf == null && csv == null) {
                if (run == null) {
                    site(store, zone, out);
                } else {
                    archive(store, run, out);
                }
            }
        }
        return ExitCode.GOOD;
    }

    private void site(ResultStore store, ZoneId zone, PrintWriter out) throws Exception {
        Path folder = report.main.given(place == null ? Path.of("report") : place);
        Site.export(store.history(), store.comparison(), store.waivers(), folder, Clock.systemUTC(), zone);
        out.println(folder.resolve("index.html"));
    }

    private void archive(ResultStore store, long number, PrintWriter out) throws Exception {
        Path file = report.main.given(place == null ? Path.of("run-" + number + ".tar.zst") : place);
        try {
            store.archives().write(number, file, spec.root().version()[0]);
        } catch (ArchiveRefused refused) {
            throw Refusal.usage(String.valueOf(refused.getMessage()));
        }
        out.println(file);
    }

    private long number(History history) throws Refusal {
        if (run == null) {
            List<RunLine> newest = history.runs(1);
            if (newest.isEmpty()) {
                throw Refusal.usage("cannot export a run: nothing has run in " + report.main.home);
            }
            return newest.getFirst().number();
        }
        if (history.cells(run).isEmpty()) {
            throw Refusal.usage("cannot find run " + run + ": there is none with this number");
        }
        return run;
    }
}
