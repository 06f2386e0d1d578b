package muster.orchestrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import muster.orchestrator.bench.BenchGuests.BenchGuest;
import muster.orchestrator.guest.qemu.QemuDriver;

/** Many guests resumed at once beside one: as many at a time come up as the host has processors. */
final class BurstRow implements GuestRow {

    private static final int GUESTS = 16;
    private static final double TARGET = 10;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String title() {
        return "how long " + GUESTS + " guests take that are resumed at once on qemu, beside one";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests guests = place.guests().on(QemuDriver.NAME, GuestRows.Making.USUAL);
        guests.bootResumed("bench burst, its making").close();
        List<Double> ones = new ArrayList<>();
        List<Double> bursts = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            ones.add(seconds(guests, 1));
            bursts.add(seconds(guests, GUESTS));
            shares.add(bursts.getLast() / ones.getLast());
            doing.accept("burst: round %d of %d: %.2f s, one %.2f s"
                    .formatted(round, rounds, bursts.getLast(), ones.getLast()));
        }
        return List.of(
                new Figures("one resumed guest", "s", ones),
                new Figures(GUESTS + " resumed at once, until the last is ready", "s", bursts),
                new Figures(GUESTS + "-clone burst / one clone", "", shares).atMost(TARGET));
    }

    private static double seconds(BenchGuests guests, int count) throws Exception {
        List<BenchGuest> up = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stopwatch watch = new Stopwatch();
            List<Future<BenchGuest>> coming = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                coming.add(threads.submit(() -> guests.bootResumed("bench burst")));
            }
            for (Future<BenchGuest> each : coming) {
                up.add(each.get());
            }
            return watch.seconds();
        } finally {
            up.forEach(BenchGuest::close);
        }
    }
}
