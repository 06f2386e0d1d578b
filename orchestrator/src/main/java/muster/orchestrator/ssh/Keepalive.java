package muster.orchestrator.ssh;

import java.time.Duration;

/**
 * How a peer is noticed that answers no more though its connection stands: after {@link #limit} without a byte from it the
 * connection is cut.
 *
 * @param period how often it is asked for a sign of life
 * @param silentPeriods for how many of them it may say nothing
 */
record Keepalive(Duration period, int silentPeriods) {

    /** Patient, for guests on busy hosts; costs a sleeping guest nothing that could be measured. */
    static final Keepalive DEFAULT = new Keepalive(Duration.ofSeconds(20), 6);

    /** The longest silence, to a period. */
    Duration limit() {
        return period.multipliedBy(silentPeriods);
    }
}
