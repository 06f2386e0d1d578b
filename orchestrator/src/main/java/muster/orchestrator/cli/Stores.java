package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Clock;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.engine.HomeStore;
import muster.orchestrator.home.Home;
import muster.reports.ResultStore;

/** Opens the store of a home that nobody holds. */
final class Stores {

    private Stores() {}

    static ResultStore open(Home home) throws IOException, ConfigError {
        return HomeStore.open(home, Installations.of(home).farm(), Clock.systemUTC());
    }
}
