package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import muster.images.Mirrors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.engine.Drivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Kept;
import muster.orchestrator.run.KeptGuests;

/** The kept guests of a home, as verbs see them. */
final class KeptOnes {

    private KeptOnes() {}

    /** Those of a home that nobody holds. */
    static KeptGuests of(Home home) throws ConfigError {
        Clock clock = Clock.systemUTC();
        FarmConfig config = Installations.of(home).farm();
        return new KeptGuests(home, Drivers.of(config, home, Mirrors.of(config.mirrors()), clock), clock, null);
    }

    /** Says how to enter each, and until when it is there. */
    static void tell(Home home, Instant now, PrintWriter out) throws IOException {
        for (Kept kept : Kept.list(home)) {
            out.println(kept.sentence(now));
        }
    }
}
