package muster.orchestrator.cli;

import java.nio.file.Path;
import java.time.Clock;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.home.Home;

/** Does once what is done most often: the launcher keeps the classes of this process, loaded and linked, for all that come. */
final class Rehearsal {

    private Rehearsal() {}

    /**
     * Plans a matrix, holds a home and looks at it.
     *
     * @param arguments the matrix file and the home
     */
    public static void main(String[] arguments) throws Exception {
        String matrix = arguments[0];
        String folder = arguments[1];
        Main.run("matrix", "plan", matrix, "--home", folder);
        Home home = Home.open(Path.of(folder));
        Installation installation = Installations.of(home);
        try (HeldFarm _ = HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC())) {
            Main.run("status", "--home", folder);
        }
        System.exit(ExitCode.GOOD);
    }
}
