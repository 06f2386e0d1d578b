package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.web.StatusLine;

/** A service that is killed while its cells run, and the next one. */
final class TakingUp {

    private static final Duration LOOK = Duration.ofMillis(500);

    private TakingUp() {}

    /** Kills it, and returns once another has read what every suite has written since. */
    static List<Figures> measure(MeasuredService service, Deadline limit) throws IOException, InterruptedException {
        Map<String, Integer> before = cases(service);
        long from = System.nanoTime();
        service.killAndStart();
        double answers = seconds(from);
        for (Map<String, Integer> now = cases(service); !isFurther(before, now); now = cases(service)) {
            if (limit.passed() || !service.isAlive()) {
                throw new IOException("cannot measure: " + now.size() + " of " + before.size()
                        + " cells were taken up; the service said: " + service.said());
            }
            Thread.sleep(LOOK);
        }
        return List.of(
                Figures.once("killed, until the next one answers", "s", answers),
                Figures.once("killed, until it follows all suites", "s", seconds(from)),
                Figures.once(
                        "killed, its processor until then", "s", service.use().cpuSeconds()));
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    /** How many cases of every cell under way the service knows. */
    private static Map<String, Integer> cases(MeasuredService service) throws IOException {
        return service.client().underWay().stream()
                .collect(Collectors.toMap(
                        StatusLine::cell,
                        line -> line.verdicts().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()));
    }

    private static boolean isFurther(Map<String, Integer> before, Map<String, Integer> now) {
        return before.entrySet().stream().allMatch(each -> now.getOrDefault(each.getKey(), 0) > each.getValue());
    }
}
