package muster.orchestrator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import muster.orchestrator.bench.BenchGuests.BenchGuest;
import muster.orchestrator.guest.qemu.QemuDriver;

/** What many idle guests of one template take of the host's memory. */
final class IdleRow implements GuestRow {

    private static final int GUESTS = 16;
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final double TARGET = 0.25;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String title() {
        return "what " + GUESTS + " idle guests resumed on qemu take of the memory that they were given";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests guests = place.guests().on(QemuDriver.NAME, GuestRows.Making.USUAL);
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            shares.add(share(guests));
            doing.accept("idle: round %d of %d: %.3f".formatted(round, rounds, shares.getLast()));
        }
        return List.of(new Figures(
                        "%d resumed idle clones: sum of PSS / %d x %d MB"
                                .formatted(GUESTS, GUESTS, guests.memoryBytes() >> 20),
                        "",
                        shares)
                .atMost(TARGET));
    }

    private static double share(BenchGuests guests) throws Exception {
        List<BenchGuest> up = new ArrayList<>();
        try {
            for (int i = 0; i < GUESTS; i++) {
                up.add(guests.bootResumed("bench idle"));
            }
            TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
            double taken = 0;
            for (BenchGuest guest : up) {
                taken += SandboxProcesses.of(guest.folder()).memoryBytes();
            }
            return taken / (GUESTS * (double) guests.memoryBytes());
        } finally {
            up.forEach(BenchGuest::close);
        }
    }
}
