package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process and all of its descendants take of this host.
 *
 * @param memoryBytes resident, what is shared with others in proportion: {@code Pss} of proc_pid_smaps_rollup
 * @param cpu how long they, and those of them that have ended, have kept processors busy
 */
public record HostUsage(long memoryBytes, Duration cpu) {

    /** Of proc_pid_stat(5), counted from the field after the program's name: utime, stime, cutime, cstime. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /** USER_HZ, which is the same on every Linux that Java runs on. */
    private static final long MILLIS_PER_TICK = 10;

    /** What they take now; empty where it cannot be told of all of them, as of those of another user, or none is left. */
    public static Optional<HostUsage> of(HostProcess root) {
        List<Long> pids = ProcessTree.withDescendants(root);
        if (!root.isAlive()) {
            return Optional.empty();
        }
        long memory = 0;
        long cpu = 0;
        for (long pid : pids) {
            try {
                Path process = Path.of("/proc", Long.toString(pid));
                long ticks = ticks(Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1));
                memory += pss(Files.readString(process.resolve("smaps_rollup")));
                cpu += ticks * MILLIS_PER_TICK;
            } catch (IOException unreadable) {
                if (HostProcess.of(pid).isPresent()) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new HostUsage(memory, Duration.ofMillis(cpu)));
    }

    private static long ticks(String stat) {
        return Stream.of(HostProcess.fields(stat))
                .skip(FIRST_TIME)
                .limit(TIMES)
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long pss(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
