package muster.orchestrator.cli;

import java.util.Set;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.testsuites.format.ResultFormats;

/** The program's own files together with those of a home. */
final class Installations {

    private Installations() {}

    static Installation of(Home home) throws ConfigError {
        return new Installation(
                Installation.rootOf(System.getProperty(Installation.PROPERTY)),
                home.folder(),
                Set.copyOf(ResultFormats.names()),
                GuestDrivers.names());
    }
}
