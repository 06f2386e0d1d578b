package muster.orchestrator.bench.cells;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import muster.images.Recipe;
import muster.orchestrator.config.Acceptances;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.engine.Service;
import muster.orchestrator.engine.StandIns;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.uml.UmlDriver;
import muster.orchestrator.home.Home;
import muster.testsuites.format.ResultFormats;

/**
 * A service as {@code muster serve} is one, but for what runs guests and what these boot. Arguments: the program's folder, the home,
 * where guests are had. It says the port of its pages as its first line, and goes on until it is ended.
 */
public final class FarmProcess {

    static final String DRIVER = UmlDriver.NAME;

    private FarmProcess() {}

    public static void main(String[] arguments) throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.open(Path.of(arguments[1]));
        Installation installation = new Installation(
                Path.of(arguments[0]), home.folder(), Set.copyOf(ResultFormats.names()), GuestDrivers.names());
        FarmConfig config = installation.farm();
        NoImages images = new NoImages();
        StandIns standIns = new StandIns(
                Map.of(DRIVER, new PlayedDriver(DRIVER, new GuestsDoor(Path.of(arguments[2])))),
                Map.of(Recipe.Bootstrap.class, images, Recipe.Userland.class, images));
        HeldFarm farm = HeldFarm.open(installation, config, home, clock, standIns);
        farm.accept(Acceptances.read(installation));
        System.out.println(farm.listen("127.0.0.1", 0));
        Service.start(farm, clock, System.out::println);
        new CountDownLatch(1).await();
    }
}
