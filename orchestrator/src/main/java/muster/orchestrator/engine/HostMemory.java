package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Sizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel says of memory: {@code some avg10} of its pressure-stall information, for the whole host and for the
 * control group that this program runs in, and what of memory can still be had.
 *
 * @param proc where the kernel tells of itself, {@code /proc}
 * @param groups the unified hierarchy of control groups, {@code /sys/fs/cgroup}; need not be there
 */
record HostMemory(Path proc, Path groups) implements MemoryPressure {

    /** In the last ten seconds something waited for memory for a tenth of the time: reclaiming has begun to cost. */
    static final double MOST_WAITING = 10;

    /** A twentieth of a host's memory is left to the kernel and to what was there before. */
    private static final long LEAST_PART = 20;

    private static final Logger LOG = LoggerFactory.getLogger(HostMemory.class);

    static HostMemory here() {
        return new HostMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    @Override
    public Optional<String> now() {
        try {
            double waiting =
                    Math.max(someAvg10(proc.resolve("pressure/memory")), someAvg10(group().resolve("memory.pressure")));
            if (waiting >= MOST_WAITING) {
                return Optional.of(
                        "in the last 10 s work on this host waited for memory %.0f %% of the time".formatted(waiting));
            }
            String meminfo = Files.readString(proc.resolve("meminfo"));
            long available = HostCapacity.meminfo(meminfo, "MemAvailable");
            if (available < HostCapacity.meminfo(meminfo, "MemTotal") / LEAST_PART) {
                return Optional.of("this host has only " + Sizes.format(available) + " left");
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("cannot tell how much memory is in demand; guests are let in as declared", unreadable);
        }
        return Optional.empty();
    }

    /** The control group of this process, in the unified hierarchy: the line {@code 0::PATH}. */
    private Path group() throws IOException {
        Path file = proc.resolve("self/cgroup");
        if (!Files.isReadable(file)) {
            return groups;
        }
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> groups.resolve(line.substring("0::/".length())))
                .findFirst()
                .orElse(groups);
    }

    /** Percent; 0 where this kernel does not tell, as without CONFIG_PSI: then only what is left counts. */
    private static double someAvg10(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        OptionalDouble some = Files.readString(file)
                .lines()
                .filter(line -> line.startsWith("some avg10="))
                .mapToDouble(line -> Double.parseDouble(
                        line.substring("some avg10=".length()).split(" ", 2)[0]))
                .findFirst();
        return some.orElse(0);
    }
}
