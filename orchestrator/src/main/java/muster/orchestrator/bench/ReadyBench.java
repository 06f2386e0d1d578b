package muster.orchestrator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.run.GuestEnded;

/** How long a pristine guest takes from clone to its first SSH command, one guest after another, and where it goes. */
public final class ReadyBench {

    private final BenchGuests guests;

    public ReadyBench(BenchGuests guests) {
        this.guests = guests;
    }

    /**
     * The whole time first, then its steps.
     *
     * @param doing is told each guest's
     */
    public List<Figures> measure(int count, Consumer<String> doing)
            throws FarmFailed, GuestEnded, IOException, InterruptedException {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            try (BenchGuests.BenchGuest guest = guests.boot("bench ready")) {
                add(seconds, "clone to first SSH command", guest.ready());
                guest.steps().forEach((step, took) -> add(seconds, step, took));
                doing.accept("guest %d of %d: %.2f s".formatted(i, count, seconds(guest.ready())));
            }
        }
        return seconds.entrySet().stream()
                .map(each -> new Figures(each.getKey(), "s", each.getValue()))
                .toList();
    }

    private static void add(Map<String, List<Double>> seconds, String name, Duration took) {
        seconds.computeIfAbsent(name, first -> new ArrayList<>()).add(seconds(took));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
