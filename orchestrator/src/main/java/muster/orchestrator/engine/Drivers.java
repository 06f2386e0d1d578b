package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.SequencedMap;
import muster.images.Mirrors;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.qemu.QemuDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.DriverCheck;

/** The drivers of a home, as its farm's configuration has them. */
public final class Drivers {

    private Drivers() {}

    /** All of them by name; each still to be set up. */
    public static SequencedMap<String, GuestDriver> of(FarmConfig config, Home home, Mirrors mirrors, Clock clock) {
        return GuestDrivers.all(new GuestDrivers.Place(
                home.runtimes(),
                mirrors,
                clock,
                Settings.uml(config),
                Settings.qemu(config),
                Settings.lxc(config),
                templates(config, home)));
    }

    /** The driver {@code qemu} with guests that boot all that their distribution has, and are never resumed. */
    static GuestDriver unmodified(FarmConfig config, Home home, Mirrors mirrors, Clock clock) {
        return new QemuDriver(
                Settings.qemu(config).unmodified(),
                home.runtimes(),
                new TemplateSpace(home.templates(), 0),
                mirrors,
                clock);
    }

    /** Asks them whether they work here, each at most once. */
    public static DriverCheck check(FarmConfig config, Home home, Clock clock) {
        return new HostDrivers(of(config, home, Mirrors.of(config.mirrors()), clock));
    }

    /**
     * One of them.
     *
     * @throws FarmFailed when there is none of this name
     */
    static GuestDriver named(String name, Map<String, GuestDriver> drivers) throws FarmFailed {
        GuestDriver known = drivers.get(name);
        if (known == null) {
            throw new FarmFailed("cannot run guests on '" + name + "': no such driver here, only "
                    + String.join(", ", drivers.keySet()));
        }
        return known;
    }

    private static TemplateSpace templates(FarmConfig config, Home home) {
        try {
            return new TemplateSpace(home.templates(), config.templateBytes(HostCapacity.here()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell what memory this host has", e);
        }
    }
}
