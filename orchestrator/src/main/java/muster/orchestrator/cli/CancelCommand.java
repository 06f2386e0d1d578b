package muster.orchestrator.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.matrix.Selector;
import muster.orchestrator.web.HomeClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster cancel}: stops cells, from any terminal. */
@Command(
        name = "cancel",
        description =
                "Stops cells under way, takes queued ones back, and ends kept guests; they clean up after themselves.")
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
        Home home = Home.open(main.home);
        Optional<HomeLock.Door> door = HomeLock.door(home);
        int ended = door.isPresent() ? new HomeClient(door.get()).cancel(selector) : here(home);
        if (ended == 0) {
            throw new Refusal(
                    ExitCode.NOTHING_RAN,
                    "cannot cancel anything: in " + main.home
                            + " no such cell runs or is queued, and no such guest is kept;" + " see 'muster status'");
        }
        spec.commandLine().getOut().println("cells cancelled and kept guests ended: " + ended);
        return ExitCode.GOOD;
    }

    private int here(Home home) throws Exception {
        Selector.parse(List.of(selector));
        Installation installation = Installations.of(home);
        try (HeldFarm farm = HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC())) {
            return farm.cancel(selector);
        }
    }
}
