package muster.orchestrator.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Looks at a host, one check after another. */
public final class Doctor {

    private final List<Check> checks;
    private final List<Check> drivers;
    private final Host host;

    /**
     * @param checks what is looked at
     * @param drivers the checks of drivers, of which one must be fine
     */
    Doctor(List<Check> checks, List<Check> drivers, Host host) {
        this.checks = checks;
        this.drivers = drivers;
        this.host = host;
    }

    /** Is told how it goes. */
    public interface Listener {

        /** A look begins. */
        void begins(Check check);

        /** It has ended. */
        void ended(Examination.Look look);
    }

    public Examination examine(Listener listener) throws InterruptedException {
        List<Examination.Look> looks = new ArrayList<>();
        for (Check check : checks) {
            looks.add(look(check, listener));
        }
        List<Examination.Look> ofDrivers = new ArrayList<>();
        for (Check driver : drivers) {
            ofDrivers.add(look(driver, listener));
        }
        looks.addAll(ofDrivers);
        List<String> working = ofDrivers.stream()
                .filter(look -> look.finding().standing() == Standing.FINE)
                .map(Examination.Look::check)
                .toList();
        if (working.isEmpty()) {
            Examination.Look none = new Examination.Look(
                    "drivers",
                    Finding.broken("no driver runs guests here", "mend one of them, see above"),
                    Duration.ZERO);
            listener.ended(none);
            looks.add(none);
        }
        return new Examination(looks);
    }

    /**
     * Installs packages, as root.
     *
     * @return why they are not installed; empty when they are
     */
    public String install(SortedSet<String> packages) throws InterruptedException {
        return Packages.install(host, packages);
    }

    private static Examination.Look look(Check check, Listener listener) throws InterruptedException {
        listener.begins(check);
        long from = System.nanoTime();
        Finding finding = check.look();
        Examination.Look look = new Examination.Look(check.name(), finding, Duration.ofNanos(System.nanoTime() - from));
        listener.ended(look);
        return look;
    }
}
