package muster.orchestrator.cli;

import java.util.concurrent.Callable;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.web.HomeClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster cancel}: stops cells under way, from any terminal. */
@Command(name = "cancel", description = "Stops cells under way; they clean up after themselves.")
final class CancelCommand implements Callable<Integer> {

    @CommandLine.ParentCommand
    Main main;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "SELECTOR",
            description =
                    "distribution:suite:variant@driver, with * and !, e.g. 'debian-12' or '*:commands'; '*' for all.")
    String selector = "";

    @Override
    public Integer call() throws Exception {
        HomeLock.Door door = HomeLock.door(Home.open(main.home))
                .orElseThrow(() -> new Refusal(
                        ExitCode.NOTHING_RAN, "cannot cancel anything: nothing runs in " + main.home + " just now"));
        spec.commandLine().getOut().println(new HomeClient(door).cancel(selector));
        return ExitCode.GOOD;
    }
}
