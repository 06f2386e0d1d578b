package muster.orchestrator.doctor;

import java.io.IOException;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.Requirement;

/** Whether a driver runs guests here: it boots something tiny, whatever it remembers of an earlier time. */
record DriverCheck(GuestDriver driver, Host host) implements Check {

    @Override
    public String name() {
        return "driver " + driver.name();
    }

    @Override
    public String doing() {
        return "booting something tiny; what it lacks it fetches first";
    }

    @Override
    public Finding look() throws InterruptedException {
        List<String> missing = driver.requirements().stream()
                .filter(one -> !host.has(one.program()))
                .map(Requirement::debianPackage)
                .toList();
        try {
            driver.forget();
            driver.setUp();
            String templates = driver.templating()
                    .map(each -> "; guests are " + each.description())
                    .orElse("");
            return Finding.fine("runs guests here: " + driver.description() + templates);
        } catch (FarmFailed | IOException failed) {
            String why = String.valueOf(failed.getMessage());
            return missing.isEmpty() ? Finding.degraded(why, "") : Finding.missing(Standing.DEGRADED, why, missing);
        }
    }
}
