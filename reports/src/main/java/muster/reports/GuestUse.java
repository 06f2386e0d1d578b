package muster.reports;

import java.time.Duration;

/**
 * What a guest really took of its host while its suite ran.
 *
 * @param memoryBytes the memory that it was given
 * @param cpus the processors that it was given
 * @param peakBytes the most memory that it took on its host; what it shares with others counts in proportion
 * @param cpu how long it kept processors of its host busy
 * @param wall for how long it was measured, more than zero
 */
public record GuestUse(long memoryBytes, int cpus, long peakBytes, Duration cpu, Duration wall) {

    /** How many processors it kept busy. */
    public double busyCpus() {
        return (double) cpu.toNanos() / wall.toNanos();
    }
}
