package muster.orchestrator.cli;

import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.HoldRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster hold}: what is queued does not begin. */
@Command(name = "hold", description = "Holds back what has not begun, until 'muster release'; what runs goes on.")
final class HoldCommand implements Callable<Integer> {

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
        HoldRequest request = new HoldRequest(what, true);
        int cells = Holder.ask(Home.open(main.home), client -> client.hold(request), queue -> queue.hold(request));
        spec.commandLine().getOut().println((cells == 1 ? "1 cell" : cells + " cells") + " held");
        return cells == 0 ? ExitCode.NOTHING_RAN : ExitCode.GOOD;
    }
}
