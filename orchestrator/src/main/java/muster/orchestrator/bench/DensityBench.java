package muster.orchestrator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.run.GuestEnded;

/** What guests cost this host while they do nothing: memory and processor of all processes that belong to each. */
public final class DensityBench {

    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1 << 20;

    private final BenchGuests guests;

    public DensityBench(BenchGuests guests) {
        this.guests = guests;
    }

    /**
     * Sizes are in MiB.
     *
     * @param budgetBytes the memory that all guests may use together
     * @param doing is told how many are up
     */
    public List<Figures> measure(int count, long budgetBytes, Consumer<String> doing)
            throws FarmFailed, GuestEnded, IOException, InterruptedException {
        List<BenchGuests.BenchGuest> up = new ArrayList<>();
        try {
            for (int i = 1; i <= count; i++) {
                up.add(guests.boot("bench density"));
                doing.accept("guest %d of %d is up".formatted(i, count));
            }
            doing.accept("leaving them alone for %d s"
                    .formatted(SETTLING.plus(WINDOW).toSeconds()));
            Thread.sleep(SETTLING);
            return idle(up, budgetBytes);
        } finally {
            up.forEach(BenchGuests.BenchGuest::close);
        }
    }

    private List<Figures> idle(List<BenchGuests.BenchGuest> up, long budgetBytes)
            throws IOException, InterruptedException {
        List<SandboxProcesses> processes = new ArrayList<>();
        List<Duration> before = new ArrayList<>();
        long from = System.nanoTime();
        for (BenchGuests.BenchGuest guest : up) {
            SandboxProcesses its = SandboxProcesses.of(guest.folder());
            processes.add(its);
            before.add(its.cpuTime());
        }
        Thread.sleep(WINDOW);
        List<Double> cores = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < up.size(); i++) {
            Duration used = processes.get(i).cpuTime().minus(before.get(i));
            cores.add(100.0 * used.toNanos() / (System.nanoTime() - from));
            double bytes = processes.get(i).memoryBytes();
            memory.add(bytes / MEGABYTE);
            shares.add(bytes / guests.memoryBytes());
        }
        Figures taken = new Figures("memory of an idle guest (PSS)", "MiB", memory);
        return List.of(
                Figures.once("declared memory of a guest", "MiB", guests.memoryBytes() / MEGABYTE),
                taken,
                new Figures("memory taken / declared", "", shares),
                new Figures("processor of an idle guest", "% of a core", cores),
                Figures.once("memory for guests on this host", "MiB", budgetBytes / MEGABYTE),
                Figures.once(
                        "guests that fit as declared", "", (double) Math.floorDiv(budgetBytes, guests.memoryBytes())),
                Figures.once("idle guests that fit", "", Math.floor(budgetBytes / MEGABYTE / taken.median())));
    }
}
