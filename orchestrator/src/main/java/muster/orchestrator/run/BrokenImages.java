package muster.orchestrator.run;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.matrix.Cell;

/**
 * Which images never boot here, so that this is found out once and not once a cell, and whose failure it is: the
 * distribution's where the driver boots something else, else the farm's. One for all guests of a process.
 */
final class BrokenImages {

    private final Map<Key, Broken> broken = new HashMap<>();
    private final Set<Key> booted = new HashSet<>();
    private final Set<String> working = new HashSet<>();

    /** What decides whether a guest boots, beside the time that it is given. */
    private record Key(String driver, String image, Cell.Shape shape) {
        static Key of(Boots.Order order) {
            return new Key(order.driver(), order.image().name(), order.shape());
        }
    }

    /** How that was found out: by whom, within which time, and what its guests came to. */
    private record Broken(String label, Duration limit, String why) {}

    /** Ends an order whose guest would not boot either; one that has more time is let try. */
    synchronized void refuse(Boots.Order order) throws GuestEnded {
        Broken known = broken.get(Key.of(order));
        if (known != null && order.limit().compareTo(known.limit()) <= 0) {
            throw new GuestEnded(
                    new CellEnd.BootFailed("cannot boot %s: its image never boots on %s, as %s found out: %s"
                            .formatted(order.label(), order.driver(), known.label(), known.why())));
        }
    }

    /** A guest of this order has answered. */
    synchronized void booted(Boots.Order order) {
        Key key = Key.of(order);
        booted.add(key);
        working.add(order.driver());
        broken.remove(key);
    }

    /**
     * What it means that no guest of an order became ready. A driver that has booted nothing else in this process has to
     * prove itself anew.
     *
     * @param end how the last one showed it
     * @throws FarmFailed when the driver does not work on this host
     */
    synchronized CellEnd judge(Boots.Order order, CellEnd end, GuestDriver driver)
            throws FarmFailed, InterruptedException {
        String why = end instanceof CellEnd.Panicked panicked
                ? panicked.panic()
                : end instanceof CellEnd.BootFailed failed ? failed.why() : end.toString();
        // A kernel that gives up has started: the driver works.
        if (!(end instanceof CellEnd.Panicked) && !working.contains(order.driver())) {
            prove(order, why, driver);
        }
        Key key = Key.of(order);
        if (!booted.contains(key)) {
            broken.putIfAbsent(key, new Broken(order.label(), order.limit(), why));
        }
        return end;
    }

    private void prove(Boots.Order order, String why, GuestDriver driver) throws FarmFailed, InterruptedException {
        try {
            driver.forget();
            driver.setUp();
        } catch (FarmFailed | IOException doesNotWork) {
            throw new FarmFailed(
                    "cannot run %s: %s boots nothing else on this host either: %s; what was to be booted: %s"
                            .formatted(order.label(), order.driver(), doesNotWork.getMessage(), why),
                    doesNotWork);
        }
        working.add(order.driver());
    }
}
