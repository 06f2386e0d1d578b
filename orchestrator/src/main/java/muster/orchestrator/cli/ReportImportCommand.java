package muster.orchestrator.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.ResultStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster report import}. */
@Command(
        name = "import",
        description = {
            "Reads a run that 'muster report export --run N' wrote: all of it, or nothing.",
            "It counts in its lanes, unless they have newer runs here; its waivers waive nothing of other runs."
        })
final class ReportImportCommand implements StoreVerb, Callable<Integer> {

    @CommandLine.ParentCommand
    ReportCommand report;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The archive.")
    Path file = Path.of("run.tar.zst");

    @Override
    public boolean changesStore() {
        return true;
    }

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = report.main.openStore()) {
            ResultStore store = opened.store();
            long run = store.archives().read(report.main.given(file));
            spec.commandLine()
                    .getOut()
                    .println("run " + run + ": "
                            + store.history().cells(run).size() + " cells, "
                            + Words.of(
                                    store.history().run(run).orElseThrow().run().counts()));
        } catch (ArchiveRefused refused) {
            throw Refusal.usage(String.valueOf(refused.getMessage()));
        }
        return ExitCode.GOOD;
    }
}
