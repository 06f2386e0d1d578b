package muster.orchestrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.bench.BenchGuests.BenchGuest;
import muster.orchestrator.guest.lxc.LxcDriver;
import muster.orchestrator.guest.uml.UmlDriver;

/**
 * One guest after the other on a driver, each from the moment at which it is wanted to its first SSH command.
 *
 * @param title of the row
 * @param driver which has them
 * @param figure what its figure is called
 * @param target seconds
 * @param getting how one is got
 */
record ReadyRow(String name, String title, String driver, String figure, double target, Getting getting)
        implements GuestRow {

    /** A guest that was booted ahead. */
    static final ReadyRow POOL = new ReadyRow(
            "pool",
            "from claim to the first SSH command of a guest that was booted ahead on uml",
            UmlDriver.NAME,
            "uml from the pool: claim to first SSH command",
            0.300,
            BenchGuests::claimSeconds);

    /** A container, which has no kernel to boot. */
    static final ReadyRow CONTAINER = new ReadyRow(
            "container",
            "from clone to the first SSH command on lxc",
            LxcDriver.NAME,
            "lxc: clone to first SSH command",
            1.0,
            (guests, label) -> {
                try (BenchGuest guest = guests.boot(label)) {
                    return guest.ready().toNanos() / 1e9;
                }
            });

    /** Gets a guest, lets it go again, and says how many seconds it took until it was ready. */
    @FunctionalInterface
    interface Getting {
        double seconds(BenchGuests guests, String label) throws Exception;
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests guests = place.guests().on(driver, GuestRows.Making.USUAL);
        List<Double> ready = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            ready.add(getting.seconds(guests, "bench " + name));
            doing.accept("%s: round %d of %d: %.3f s".formatted(name, round, rounds, ready.getLast()));
        }
        return List.of(new Figures(figure, "s", ready).atMost(target));
    }
}
