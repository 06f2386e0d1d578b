package muster.orchestrator.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import muster.images.ImageFailed;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Recipe;
import muster.images.Tools;
import muster.images.source.ImageSources;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.RecipeFile;
import muster.orchestrator.engine.Drivers;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.home.Home;

/** Everything that is looked at, in the order in which it is. */
public final class Checkup {

    private Checkup() {}

    /** A doctor for this host and a home. */
    public static Doctor of(Installation installation, Home home, Clock clock)
            throws IOException, ConfigError, ImageFailed {
        FarmConfig farm = farm(installation);
        Mirrors mirrors = Mirrors.of(farm.mirrors());
        HostPackages needs = HostPackages.read(installation.root());
        Host host = new LinuxHost();
        List<Check> checks = new ArrayList<>();
        checks.add(new JavaCheck(Runtime.version(), Path.of(System.getProperty("java.home", "")), host));
        checks.add(new ConfigurationCheck(installation));
        checks.add(new CapacityCheck(farm, HostCapacity.here()));
        checks.add(new HomeCheck(home.folder()));
        checks.add(new DiskCheck(home.folder(), host));
        checks.add(new ProgramsCheck("image building", "images", Standing.BROKEN, needs, host));
        if (!host.root()) {
            checks.add(new ProgramsCheck("as a user", "user", Standing.BROKEN, needs, host));
        }
        checks.add(new SubordinateIdsCheck(host));
        checks.add(new ProgramsCheck("sandboxes", "guests", Standing.BROKEN, needs, host));
        checks.add(new NamespacesCheck(host));
        checks.add(new ProgramsCheck("muster shell", "shell", Standing.DEGRADED, needs, host));
        Tools tools = new Tools();
        ImageStore images = new ImageStore(home.images(), ImageSources.all(mirrors, tools), tools, clock);
        Standing unreached = images.list().isEmpty() ? Standing.BROKEN : Standing.DEGRADED;
        archives(installation, farm)
                .forEach((address, suite) -> checks.add(new MirrorCheck(address, suite, mirrors, unreached, host)));
        checks.add(new ZoneCheck(farm.zone(), clock));
        List<Check> drivers = new ArrayList<>();
        for (GuestDriver driver : Drivers.of(farm, home, mirrors, clock).values()) {
            drivers.add(new DriverCheck(driver, host));
        }
        return new Doctor(checks, drivers, host);
    }

    /** The farm's configuration; where the home's cannot be read, which is a finding of its own, the program's. */
    private static FarmConfig farm(Installation installation) throws ConfigError {
        try {
            return installation.farm();
        } catch (ConfigError unreadable) {
            Path nowhere = installation.root().resolve("config");
            return new Installation(installation.root(), nowhere, installation.formats(), installation.drivers())
                    .farm();
        }
    }

    /** The archives that recipes name, each with the first suite that is taken from it. */
    private static Map<String, String> archives(Installation installation, FarmConfig farm) {
        SequencedMap<String, String> archives = new LinkedHashMap<>();
        try {
            for (RecipeFile file : installation.recipes()) {
                if (file.recipe().source() instanceof Recipe.Bootstrap bootstrap) {
                    bootstrap
                            .archives()
                            .forEach(archive -> archives.putIfAbsent(
                                    archive.uri(), archive.suites().getFirst()));
                }
            }
        } catch (ConfigError unreadable) {
            archives.clear(); // a finding of its own; what a driver fetches is asked for all the same
        }
        archives.putIfAbsent(farm.uml().archive(), farm.uml().suite());
        return archives;
    }
}
