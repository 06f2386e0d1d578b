package muster.orchestrator.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.reports.ResultStore;
import muster.reports.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster report}: the report database as files. */
@Command(name = "report", description = "Writes the report database.", subcommands = ReportCommand.Export.class)
final class ReportCommand extends Group {

    /** {@code muster report export}. */
    @Command(name = "export", description = "Writes the report as a static site.")
    static final class Export implements Callable<Integer> {

        @CommandLine.ParentCommand
        ReportCommand report;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "The folder to write to; made where it is not there.")
        Path folder = Path.of("report");

        @Override
        public Integer call() throws Exception {
            Home home = Home.open(report.main.home);
            if (HomeLock.door(home).isPresent()) {
                throw new Refusal(
                        ExitCode.INFRASTRUCTURE,
                        "cannot open the store of " + home.folder() + ": a run holds it; its own report at "
                                + home.report() + " is kept up to date");
            }
            try (ResultStore store = Stores.open(home)) {
                Site.export(
                        store.history(), store.waivers(), folder, Clock.systemUTC(), java.time.ZoneId.systemDefault());
            }
            spec.commandLine().getOut().println(folder.resolve("index.html").toAbsolutePath());
            return ExitCode.GOOD;
        }
    }
}
