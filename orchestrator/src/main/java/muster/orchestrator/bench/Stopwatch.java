package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Seconds since it was made: by the clock, and of processor time that this process took, with what it started and waited for. */
final class Stopwatch {

    /** The fields of proc_pid_stat(5) from the third on: utime, stime, cutime, cstime. */
    private static final int FIRST = 11;

    private static final int LAST = 14;
    /** USER_HZ, the same on every Linux of the architectures that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    private final long from = System.nanoTime();
    private final double usedBefore;

    Stopwatch() throws IOException {
        this.usedBefore = used();
    }

    double seconds() {
        return (System.nanoTime() - from) / 1e9;
    }

    double processor() throws IOException {
        return used() - usedBefore;
    }

    private static double used() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return IntStream.rangeClosed(FIRST, LAST)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                / TICKS_A_SECOND;
    }
}
