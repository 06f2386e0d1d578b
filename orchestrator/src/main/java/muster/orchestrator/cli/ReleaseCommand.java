package muster.orchestrator.cli;

import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.HoldRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster release}: what was held may begin again. */
@Command(name = "release", description = "Lets go what 'muster hold' holds back.")
final class ReleaseCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|CELL",
            description = "A run's number, or distribution:suite:variant@driver of cells, with * and !.")
    String what = "";

    @Override
    public Integer call() throws Exception {
        HoldRequest request = new HoldRequest(what, false);
        int cells = Holder.ask(Home.open(main.home), client -> client.hold(request), queue -> queue.hold(request));
        spec.commandLine().getOut().println((cells == 1 ? "1 cell" : cells + " cells") + " released");
        return cells == 0 ? ExitCode.NOTHING_RAN : ExitCode.GOOD;
    }
}
