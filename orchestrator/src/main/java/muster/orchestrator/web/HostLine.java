package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A host, as it goes over the wire.
 *
 * @param facts what is known of it, by name
 * @param memoryTaken bytes that guests take
 * @param memoryMost bytes that they may take together
 * @param cpusTaken processors that suites keep busy, by what they declare
 * @param cpusMost how many they may keep busy together
 * @param pressure for how many per cent of the time some work waited, by what it waited for; empty where the kernel does not say
 */
public record HostLine(
        String name,
        SortedMap<String, String> facts,
        long memoryTaken,
        long memoryMost,
        double cpusTaken,
        double cpusMost,
        SortedMap<String, PressureLine> pressure,
        List<GuestLine> guests) {

    /** Per cent of the last ten seconds, the last minute and the last five. */
    public record PressureLine(double ten, double minute, double fiveMinutes) {}

    /**
     * A guest.
     *
     * @param step where its cell stands, or the outcome of a kept one
     * @param memoryBytes what it takes on the host
     * @param startedAt when it was cloned, or null
     * @param keptUntil until when it is kept for a person, or null
     */
    public record GuestLine(
            long run,
            String cell,
            String step,
            long memoryBytes,
            @Nullable Instant startedAt,
            @Nullable Instant keptUntil) {}
}
