package muster.orchestrator.matrix;

import java.util.Optional;

/** Whether a driver works on this host; asked only where a matrix leaves a choice, for the answer may take a boot. */
@FunctionalInterface
public interface DriverCheck {

    /** For whoever only reads: every driver is taken to work. */
    DriverCheck TRUSTING = driver -> Optional.empty();

    /** Why it does not work here, or empty where it does. */
    Optional<String> whyNot(String driver);
}
