package muster.orchestrator.doctor;

import java.util.Locale;

/** How well something stands. */
public enum Standing {
    FINE,
    /** Runs are possible, with something missing or slower. */
    DEGRADED,
    /** Runs, or what most runs need, are not possible. */
    BROKEN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
