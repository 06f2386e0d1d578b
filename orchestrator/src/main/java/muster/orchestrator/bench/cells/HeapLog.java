package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JVM's heap held, by its own log of collections ({@code -Xlog:gc:file=...}), in MiB.
 *
 * @param peak the most that it held, garbage and all
 * @param peakAfter the most that it held after a collection
 * @param longestMillis how long the longest collection had all threads wait
 */
record HeapLog(int peak, int peakAfter, double longestMillis) {

    /** E.g. {@code GC(5) Pause Young (Allocation Failure) 300M->120M(494M) 5.1ms}. */
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\) ([\\d.]+)ms");

    static HeapLog read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** The most of both. */
    HeapLog and(HeapLog other) {
        return new HeapLog(
                Math.max(peak, other.peak),
                Math.max(peakAfter, other.peakAfter),
                Math.max(longestMillis, other.longestMillis));
    }

    static HeapLog of(String log) {
        int peak = 0;
        int after = 0;
        double longest = 0;
        for (MatchResult each : COLLECTION.matcher(log).results().toList()) {
            peak = Math.max(peak, Integer.parseInt(each.group(1)));
            after = Math.max(after, Integer.parseInt(each.group(2)));
            longest = Math.max(longest, Double.parseDouble(each.group(3)));
        }
        return new HeapLog(peak, after, longest);
    }
}
