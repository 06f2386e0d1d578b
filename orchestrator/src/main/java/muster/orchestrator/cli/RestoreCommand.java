package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.upkeep.Restore;
import muster.reports.ResultStore;
import muster.reports.view.RunLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster restore}: a home from a backup. */
@Command(
        name = "restore",
        description = {
            "Makes a home of what 'muster backup' wrote; the home must be empty, or not be there yet.",
            "Runs that had not ended go on with the next 'muster serve': their cells under way begin anew."
        })
final class RestoreCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file)) {
            throw Refusal.usage("cannot restore " + file + ": there is no such file that you may read");
        }
        Home home = Home.open(main.home);
        Optional<HomeLock> lock = HomeLock.take(home);
        if (lock.isEmpty()) {
            throw Refusal.usage("cannot restore into " + home.folder() + ": another muster works there");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (HomeLock _ = lock.get()) {
            Restore.Restored restored = Restore.into(home, file);
            out.println("restored " + restored.files() + " files of " + restored.at() + " into " + home.folder());
            if (!restored.database()) {
                out.println("the database was not in it: load your pg_dump where store.url in farm.yaml says");
                return ExitCode.GOOD;
            }
            try (ResultStore store = Stores.open(home)) {
                out.println("the newest run in it: "
                        + store.history().runs(1).stream()
                                .findFirst()
                                .map(RestoreCommand::words)
                                .orElse("none")
                        + "; the first 'muster run' or 'muster serve' makes images and the report again");
            }
        }
        return ExitCode.GOOD;
    }

    private static String words(RunLine run) {
        return run.number() + " of " + run.matrix() + ", queued at " + run.queuedAt();
    }
}
