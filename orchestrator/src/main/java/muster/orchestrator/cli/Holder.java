package muster.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.web.HoldRequest;
import muster.orchestrator.web.HomeClient;

/** Asks whoever holds a home, or where nobody does holds it for a moment: the same words either way. */
final class Holder {

    private Holder() {}

    /** What is asked of another process. */
    @FunctionalInterface
    interface There<T> {
        T ask(HomeClient client) throws IOException, InterruptedException, ConfigError, FarmFailed, Refusal;
    }

    /** The same where this process holds the home. */
    @FunctionalInterface
    interface Here<T> {
        T ask(HeldFarm farm) throws IOException, InterruptedException, ConfigError, FarmFailed, Refusal;
    }

    /**
     * Holds cells back or lets them go, and says how many.
     *
     * @param done what is done to them, e.g. {@code held}
     */
    static int hold(Home home, HoldRequest request, String done, PrintWriter out)
            throws IOException, InterruptedException, ConfigError, FarmFailed, Refusal {
        int cells =
                ask(home, client -> client.hold(request), farm -> farm.asked().hold(request));
        out.println((cells == 1 ? "1 cell" : cells + " cells") + " " + done);
        return cells == 0 ? ExitCode.NOTHING_RAN : ExitCode.GOOD;
    }

    static <T> T ask(Home home, There<T> there, Here<T> here)
            throws IOException, InterruptedException, ConfigError, FarmFailed, Refusal {
        Optional<HomeLock.Door> door = HomeLock.door(home);
        if (door.isPresent()) {
            return there.ask(new HomeClient(door.get()));
        }
        Installation installation = Installations.of(home);
        try (HeldFarm farm = HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC())) {
            return here.ask(farm);
        } catch (IllegalArgumentException refused) {
            throw Refusal.usage(String.valueOf(refused.getMessage()));
        }
    }
}
