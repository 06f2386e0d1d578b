package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Clock;
import muster.orchestrator.home.Home;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;

/** Opens the store of a home that nobody holds. */
final class Stores {

    private Stores() {}

    static ResultStore open(Home home) throws IOException {
        return JdbiResultStore.open(home.store(), Clock.systemUTC());
    }
}
