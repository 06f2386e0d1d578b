package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.home.Home;
import muster.orchestrator.metrics.FarmMetrics;
import muster.orchestrator.run.Kept;
import muster.orchestrator.upkeep.Tidying;
import muster.orchestrator.web.HostLine;
import muster.orchestrator.web.Tidied;
import muster.reports.Step;

/** What a farm at work tells of its host, its guests and its home, whoever asks. */
final class FarmGauges {

    private final FarmMetrics metrics;
    private final Home home;
    private final Parts parts;
    private final Tidying tidying;

    private FarmGauges(FarmMetrics metrics, Home home, Parts parts, Tidying tidying) {
        this.metrics = metrics;
        this.home = home;
        this.parts = parts;
        this.tidying = tidying;
    }

    static void add(FarmMetrics metrics, Home home, Parts parts, Tidying tidying) {
        new FarmGauges(metrics, home, parts, tidying).add();
    }

    private void add() {
        for (String driver : parts.drivers().keySet()) {
            metrics.gauge(
                    "muster.guests",
                    "Guests there are, by their driver: those of attempts under way.",
                    Map.of("driver", driver),
                    () -> parts.farm().board().snapshot().stream()
                            .filter(cell -> cell.outcome() == null
                                    && cell.cell().driver().equals(driver)
                                    && cell.step().compareTo(Step.BOOTING) >= 0
                                    && cell.step() != Step.DONE)
                            .count());
        }
        gauge("muster.guests.kept", "Guests that are kept for a person.", this::kept);
        gauge(
                "muster.host.memory.available.bytes",
                "What the kernel says can be had of the host's memory.",
                FarmGauges::available);
        gauge("muster.guests.memory.bytes", "Memory that guests take.", () -> load().memoryTaken());
        gauge("muster.guests.memory.limit.bytes", "Memory that they may take together.", () -> load().memoryBytes());
        gauge(
                "muster.guests.cpus",
                "Processors that their suites keep busy, by what they declare.",
                () -> load().cpusTaken());
        gauge("muster.guests.cpus.limit", "How many they may keep busy together.", () -> load().cpus());
        for (String reason : parts.admission().waits().keySet()) {
            metrics.counter(
                    "muster.admission.holds",
                    "How often a guest had to wait, by what it waited for.",
                    Map.of("reason", reason),
                    parts.admission(),
                    admission -> admission.waits().getOrDefault(reason, 0L));
        }
        gauge(
                "muster.admission.closed",
                "1 while no guest is let in for the disk is nearly full, else 0.",
                () -> parts.room().lack().isPresent() ? 1 : 0);
        gauge(
                "muster.memory.pressed",
                "1 while no guest is let in for memory is in demand, else 0.",
                () -> parts.admission().pressure().isPresent() ? 1 : 0);
        for (String resource : List.of("cpu", "memory", "io")) {
            metrics.gauge(
                    "muster.host.pressure.ratio",
                    "For which part of the last minute some work of the host waited (PSI), by what it waited for.",
                    Map.of("resource", resource),
                    () -> pressure(resource));
        }
        gauge(
                "muster.disk.free.bytes",
                "What the disk of the home has left.",
                () -> parts.room().now().free());
        gauge(
                "muster.disk.size.bytes",
                "What it holds.",
                () -> parts.room().now().size());
        gauge(
                "muster.disk.least.bytes",
                "What is to be left on it.",
                () -> parts.room().now().least());
        gauge(
                "muster.upkeep.last.seconds",
                "When the home was tidied last, in seconds since 1970; 0: never.",
                () -> last());
        metrics.counter(
                "muster.upkeep.removed.bytes",
                "What was removed since this process began.",
                Map.of(),
                tidying,
                Tidying::bytes);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        metrics.gauge(name, description, Map.of(), value);
    }

    private static long available() {
        try {
            return HostCapacity.here().availableBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell how much memory there is", unreadable);
        }
    }

    private int kept() {
        try {
            return Kept.list(home).size();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list the kept guests", unreadable);
        }
    }

    private Admission.Load load() {
        return parts.admission().load();
    }

    private static double pressure(String resource) {
        try {
            HostLine.PressureLine line =
                    HostNow.pressure(Path.of("/proc/pressure")).get(resource);
            return line == null ? Double.NaN : line.minute() / 100;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the pressure of " + resource, unreadable);
        }
    }

    private long last() {
        Tidied last = tidying.last();
        return last == null ? 0 : last.at().getEpochSecond();
    }
}
