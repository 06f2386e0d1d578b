package muster.orchestrator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.reports.Outcome;
import muster.reports.Step;
import org.jspecify.annotations.Nullable;

/**
 * What a farm measures of itself, for Prometheus. Names, units and labels are listed in {@code
 * orchestrator/docs/metrics.md}; what is only known by looking is looked at when it is asked for.
 */
public final class FarmMetrics implements AutoCloseable {

    /** Bounds between which boots and waits are counted, from what a template takes to what nobody should wait. */
    private static final Duration[] BOUNDS = List.of(1, 2, 5, 10, 20, 60, 120, 300, 900, 3600).stream()
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<Long, Since> steps = new HashMap<>();

    /**
     * At which step an attempt is since when.
     *
     * @param takenUp whether its guest was cloned by an earlier process: what it waited for here says nothing of guests
     */
    private record Since(Step step, Instant at, boolean takenUp) {

        /** A cell that an earlier process began is queued here only after it was cloned. */
        static Since now(CellStatus cell, @Nullable Since before) {
            Instant at = cell.stepSince();
            return new Since(cell.step(), at, before != null && (before.takenUp() || at.isBefore(before.at())));
        }
    }

    /** @param clock for how long cells have waited */
    public FarmMetrics(Board board, Clock clock) {
        for (Step step : Step.values()) {
            if (step != Step.DONE) {
                gauge(
                        "muster.cells",
                        "Attempts under way, by the step at which they stand.",
                        Map.of("step", step.word()),
                        () -> board.snapshot().stream()
                                .filter(cell -> isAt(cell, step))
                                .count());
            }
        }
        for (Outcome outcome : Outcome.values()) {
            ended(outcome); // from the first scrape on, at 0
        }
        gauge(
                "muster.cells.longest.wait.seconds",
                "For how long the cell has waited that waits longest of those that have not begun.",
                Map.of(),
                () -> board.snapshot().stream()
                        .filter(cell -> isAt(cell, Step.QUEUED))
                        .mapToDouble(cell -> seconds(cell.stepSince(), clock.instant()))
                        .max()
                        .orElse(0));
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        board.onChange(this::changed);
    }

    private static boolean isAt(CellStatus cell, Step step) {
        return cell.outcome() == null && cell.step() == step;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** What is told of a value that is looked at when it is asked for. */
    public void gauge(String name, String description, Map<String, String> labels, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags(labels)).register(registry);
    }

    /** What is told of something that is counted elsewhere. */
    public <T> void counter(
            String name, String description, Map<String, String> labels, T of, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, of, count)
                .description(description)
                .tags(tags(labels))
                .register(registry);
    }

    private static Tags tags(Map<String, String> labels) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }

    /** A request was answered. */
    public void answered(String method, String path, int status, Duration took) {
        Timer.builder("muster.http.requests")
                .description("Requests over HTTP, by what was asked for and how it was answered.")
                .tags("method", method, "path", path, "status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    private synchronized void changed(CellStatus cell) {
        long attempt = cell.attempt().id();
        Instant now = cell.endedAt() == null ? cell.stepSince() : cell.endedAt();
        Since before = steps.get(attempt);
        Since since = before == null || before.step() != cell.step() ? Since.now(cell, before) : before;
        if (before != null && !since.takenUp() && (before.step() != cell.step() || cell.outcome() != null)) {
            left(cell, before, now);
        }
        if (cell.outcome() != null) {
            steps.remove(attempt);
            ended(cell.outcome()).increment();
        } else {
            steps.put(attempt, since);
        }
    }

    private void left(CellStatus cell, Since before, Instant now) {
        String driver = cell.cell().driver();
        Duration took = Duration.between(before.at(), now);
        if (before.step() == Step.QUEUED && cell.outcome() == null) {
            timer("muster.cells.wait", "How long cells waited before they began.", Tags.empty())
                    .record(took);
        }
        if (before.step() == Step.BOOTING) {
            String result = cell.outcome() == null ? "ready" : "failed";
            timer(
                            "muster.boots",
                            "Boots of guests and how long they took, to the first command over SSH.",
                            Tags.of("driver", driver, "result", result))
                    .record(took);
        }
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private Counter ended(Outcome outcome) {
        return Counter.builder("muster.cells.ended")
                .description("Attempts that have ended since this process began, by what they came to.")
                .tags("outcome", outcome.word())
                .register(registry);
    }

    /** All of it in Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
