package muster.testsuites;

/**
 * A suite could not be prepared or started in a guest. Never thrown because of what a suite's tests came to. The message
 * begins "cannot ...".
 */
public final class SuiteRefused extends Exception {
    public SuiteRefused(String message) {
        super(message);
    }
}
