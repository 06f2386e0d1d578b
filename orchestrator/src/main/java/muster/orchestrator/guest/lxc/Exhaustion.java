package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a container has used up of its ceilings, as its cgroups count: the files of the kernel's admin-guide, {@code
 * cgroup-v1/memory.rst}, {@code cgroup-v1/pids.rst} and {@code cgroup-v2.rst}.
 *
 * @param cgroups its folders, in every hierarchy, and a copy of those that were removed
 */
record Exhaustion(List<Path> cgroups) {

    /** A ceiling that is reached need not be at the moment, or to the last: then this part of it is missing at most. */
    private static final int NEARLY_OF = 16;

    Exhaustion {
        cgroups = List.copyOf(cgroups);
    }

    /**
     * Of a container that has ended: why, or empty where its memory was not the reason. Who was killed is not told: where none of
     * its processes can be spared its first one is among them.
     */
    String ofEnded() {
        long killed = sum("memory.events", "oom_kill") + sum("memory.oom_control", "oom_kill");
        boolean full = sum("memory.events", "oom") > 0
                || isNearly(sum("memory.max_usage_in_bytes", ""), sum("memory.limit_in_bytes", ""));
        return killed > 0 && full
                ? "ended when its memory was exhausted: the kernel killed %d of its processes for it".formatted(killed)
                : "";
    }

    /** Of a container that cannot be talked to: why, or empty where it has processes left to start. */
    String ofSilent() {
        long most = sum("pids.max", "");
        long now = sum("pids.current", "");
        return isNearly(now, most)
                ? "starts nothing more: it has %d processes of the %d that it may have".formatted(now, most)
                : "";
    }

    private static boolean isNearly(long value, long most) {
        return most > 0 && value >= most - most / NEARLY_OF;
    }

    /** The value after a key, or the only one of a file, in whichever hierarchies have it; 0 where none has. */
    private long sum(String file, String key) {
        return cgroups.stream()
                .map(cgroup -> cgroup.resolve(file))
                .filter(Files::exists)
                .mapToLong(path -> value(path, key))
                .sum();
    }

    private static long value(Path file, String key) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (key.isEmpty()) {
                    return Long.parseLong(line);
                } else if (line.startsWith(key + " ")) {
                    return Long.parseLong(line.substring(key.length() + 1));
                }
            }
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell what a container has used up", unreadable);
        }
    }
}
