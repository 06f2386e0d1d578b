package muster.orchestrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.bench.BenchGuests.BenchGuest;
import muster.orchestrator.guest.lxc.LxcDriver;

/** A container, which has no kernel to boot. */
final class ContainerRow implements GuestRow {

    private static final double TARGET = 1.0;

    @Override
    public String name() {
        return "container";
    }

    @Override
    public String title() {
        return "from clone to the first SSH command on lxc";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests guests = place.guests().on(LxcDriver.NAME, GuestRows.Making.USUAL);
        List<Double> ready = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            try (BenchGuest guest = guests.boot("bench container")) {
                ready.add(guest.ready().toNanos() / 1e9);
            }
            doing.accept("container: round %d of %d: %.3f s".formatted(round, rounds, ready.getLast()));
        }
        return List.of(new Figures("lxc: clone to first SSH command", "s", ready).atMost(TARGET));
    }
}
