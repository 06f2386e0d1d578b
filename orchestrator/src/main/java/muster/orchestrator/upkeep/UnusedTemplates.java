package muster.orchestrator.upkeep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.Templating;

/** Templates from which no guest was resumed for a long time. */
public record UnusedTemplates(Collection<GuestDriver> drivers, Duration age) implements Collector {

    @Override
    public String kind() {
        return "templates";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException {
        Found found = Found.NOTHING;
        for (GuestDriver driver : drivers) {
            if (driver.templating().isPresent()) {
                Templating templating = driver.templating().get();
                for (long bytes : templating.unused(now.minus(age), !dryRun)) {
                    found = found.and(bytes);
                }
            }
        }
        return found;
    }
}
