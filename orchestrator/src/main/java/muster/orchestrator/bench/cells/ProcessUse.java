package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import muster.orchestrator.guest.HostProcess;

/**
 * What a process has taken of this host up to now, as proc(5) tells it.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param residentBytes now
 * @param threads of the kernel, now
 * @param atNanos when, by {@link System#nanoTime}
 */
record ProcessUse(double cpuSeconds, long residentBytes, int threads, long atNanos) {

    private static final int USER_TIME = 11;
    private static final double TICKS_PER_SECOND = 100;

    static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = HostProcess.fields(stat);
        double cpu = (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND;
        String status = Files.readString(process.resolve("status"));
        return new ProcessUse(
                cpu, number(status, "VmRSS:") * 1024, (int) number(status, "Threads:"), System.nanoTime());
    }

    private static long number(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** How many processors it kept busy since then. */
    double coresSince(ProcessUse before) {
        return (cpuSeconds - before.cpuSeconds) / ((atNanos - before.atNanos) / 1e9);
    }
}
