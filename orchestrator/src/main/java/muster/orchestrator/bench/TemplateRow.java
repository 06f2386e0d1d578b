package muster.orchestrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.bench.BenchGuests.BenchGuest;
import muster.orchestrator.guest.qemu.QemuDriver;

/** A guest resumed from its template beside one that boots as its distribution has it. */
final class TemplateRow implements GuestRow {

    private static final double READY_TARGET = 2.0;
    private static final double SHARE_TARGET = 1 / 12.0;
    private static final double OWN_TARGET = 0.150;

    @Override
    public String name() {
        return "template";
    }

    @Override
    public String title() {
        return "from clone to the first SSH command, resumed on qemu and booted as the distribution has it";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests resuming = place.guests().on(QemuDriver.NAME, GuestRows.Making.USUAL);
        BenchGuests booting = place.guests().on(QemuDriver.NAME, GuestRows.Making.UNMODIFIED);
        resuming.bootResumed("bench template, its making").close();
        List<Double> resumed = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        List<Double> booted = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Stopwatch watch = new Stopwatch();
            try (BenchGuest guest = resuming.bootResumed("bench template")) {
                own.add(watch.processor());
                resumed.add(guest.ready().toNanos() / 1e9);
            }
            try (BenchGuest guest = booting.boot("bench template, unmodified")) {
                booted.add(guest.ready().toNanos() / 1e9);
            }
            shares.add(resumed.getLast() / booted.getLast());
            doing.accept("template: round %d of %d: resumed %.2f s, booted %.2f s"
                    .formatted(round, rounds, resumed.getLast(), booted.getLast()));
        }
        return List.of(
                new Figures("qemu template: clone to first SSH command", "s", resumed).atMost(READY_TARGET),
                new Figures("unmodified cold boot: clone to first SSH command", "s", booted),
                new Figures("qemu template / unmodified cold boot", "", shares).atMost(SHARE_TARGET),
                new Figures("processor time of the orchestrator in it, its SSH cryptography included", "s", own)
                        .atMost(OWN_TARGET));
    }
}
