package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.orchestrator.bench.BenchGuests;
import muster.orchestrator.bench.GuestRows;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.Farm;
import muster.orchestrator.ssh.FarmKey;

/** Makes guests of a farm ready to be measured. */
public final class Benches {

    private final Farm farm;
    private final FarmConfig config;
    private final Home home;
    private final Clock clock;
    private final Map<String, GuestDriver> drivers;

    Benches(Farm farm, FarmConfig config, Home home, Clock clock, Map<String, GuestDriver> drivers) {
        this.farm = farm;
        this.config = config;
        this.home = home;
        this.clock = clock;
        this.drivers = drivers;
    }

    /** Guests of a distribution, started as those of cells are. */
    public BenchGuests guests(Recipe recipe, String driver, Consumer<String> doing)
            throws FarmFailed, IOException, InterruptedException {
        return guests(recipe, driver, GuestRows.Making.USUAL, doing);
    }

    /** The same, started in a way. */
    public BenchGuests guests(Recipe recipe, String driver, GuestRows.Making making, Consumer<String> doing)
            throws FarmFailed, IOException, InterruptedException {
        return switch (making) {
            case USUAL -> guests(recipe, Drivers.named(driver, drivers), false, doing);
            case STRICT -> guests(recipe, Drivers.named(driver, drivers), true, doing);
            case UNMODIFIED ->
                guests(recipe, Drivers.unmodified(config, home, Mirrors.of(config.mirrors()), clock), true, doing);
        };
    }

    private BenchGuests guests(Recipe recipe, GuestDriver driver, boolean strict, Consumer<String> doing)
            throws FarmFailed, IOException, InterruptedException {
        driver.setUp();
        return new BenchGuests(
                farm,
                FarmKey.open(home.keys()),
                farm.images().base(recipe, doing),
                driver,
                new Cell.Shape(config.guest().memoryBytes(), config.guest().cpus(), strict),
                config.limits().boot());
    }
}
