package muster.orchestrator.config;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a host has.
 *
 * @param availableBytes memory that can be used now without swapping
 * @param cpus processors
 */
public record HostCapacity(long availableBytes, int cpus) {

    /** This host; where a control group allows less than the machine has, that. */
    public static HostCapacity here() throws IOException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        String memory = Files.readString(Path.of("/proc/meminfo"));
        long available = meminfo(memory, "MemAvailable");
        if (system.getTotalMemorySize() < meminfo(memory, "MemTotal")) {
            available = Math.min(available, system.getFreeMemorySize());
        }
        return new HostCapacity(available, Runtime.getRuntime().availableProcessors());
    }

    /** A line of {@code /proc/meminfo}, in bytes. */
    public static long meminfo(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("cannot find " + name + " in /proc/meminfo"));
    }
}
