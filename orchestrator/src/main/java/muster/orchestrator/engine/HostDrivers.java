package muster.orchestrator.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.matrix.DriverCheck;

/** Asks this host's drivers themselves whether they work, each once. Not safe for several threads. */
final class HostDrivers implements DriverCheck {

    private final Map<String, GuestDriver> drivers;
    private final Map<String, Optional<String>> answers = new HashMap<>();

    HostDrivers(Map<String, GuestDriver> drivers) {
        this.drivers = drivers;
    }

    @Override
    public Optional<String> whyNot(String driver) {
        return answers.computeIfAbsent(driver, this::ask);
    }

    private Optional<String> ask(String name) {
        GuestDriver driver = drivers.get(name);
        if (driver == null) {
            return Optional.of("there is no such driver");
        }
        try {
            driver.setUp();
            return Optional.empty();
        } catch (FarmFailed failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("asking it was interrupted");
        }
    }
}
