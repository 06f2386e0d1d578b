package muster.orchestrator.guest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import muster.images.Mirrors;
import muster.orchestrator.guest.lxc.LxcDriver;
import muster.orchestrator.guest.lxc.LxcOptions;
import muster.orchestrator.guest.qemu.QemuDriver;
import muster.orchestrator.guest.qemu.QemuOptions;
import muster.orchestrator.guest.uml.UmlDriver;
import muster.orchestrator.guest.uml.UmlOptions;

/** All drivers there are: one line each. */
public final class GuestDrivers {

    private static final Map<String, Function<Place, GuestDriver>> DRIVERS = drivers();

    private GuestDrivers() {}

    /**
     * Where drivers work.
     *
     * @param runtimes where they keep what they fetched for themselves, a folder each
     * @param mirrors where things are fetched from
     * @param clock the time
     * @param uml options of {@code uml}
     * @param qemu options of {@code qemu}
     * @param lxc options of {@code lxc}
     * @param templates where those keep templates that do
     */
    public record Place(
            Path runtimes,
            Mirrors mirrors,
            Clock clock,
            UmlOptions uml,
            QemuOptions qemu,
            LxcOptions lxc,
            TemplateSpace templates) {}

    /** The words for them in matrices. */
    public static Set<String> names() {
        return DRIVERS.keySet();
    }

    /** All of them by name; each still to be set up. */
    public static SequencedMap<String, GuestDriver> all(Place place) {
        SequencedMap<String, GuestDriver> all = new LinkedHashMap<>();
        DRIVERS.forEach((name, driver) -> all.put(name, driver.apply(place)));
        return all;
    }

    private static Map<String, Function<Place, GuestDriver>> drivers() {
        Map<String, Function<Place, GuestDriver>> drivers = new LinkedHashMap<>();
        drivers.put(
                UmlDriver.NAME, place -> new UmlDriver(place.uml(), place.runtimes(), place.mirrors(), place.clock()));
        drivers.put(
                QemuDriver.NAME,
                place -> new QemuDriver(
                        place.qemu(), place.runtimes(), place.templates(), place.mirrors(), place.clock()));
        drivers.put(LxcDriver.NAME, place -> new LxcDriver(place.lxc(), place.runtimes(), place.clock()));
        return Collections.unmodifiableMap(drivers);
    }
}
