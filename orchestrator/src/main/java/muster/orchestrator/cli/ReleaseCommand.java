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
        return Holder.hold(
                Home.open(main.home),
                new HoldRequest(what, false),
                "released",
                spec.commandLine().getOut());
    }
}
