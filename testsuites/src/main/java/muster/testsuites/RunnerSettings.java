package muster.testsuites;

import java.time.Duration;

/**
 * What a {@link SuiteRunner} works with.
 *
 * @param suites the guest's folder of suites, absolute
 * @param attempts the guest's folder of attempts, absolute
 * @param patience how long a guest may be out of reach before its {@link GuestShell.ConnectionCut} is passed on; one
 *     that is cut {@link GuestShell.ConnectionCut.ForGood for good} is passed on at once
 * @param pause between two tries to reach it
 * @param ceilings the most that is taken from a guest
 */
public record RunnerSettings(String suites, String attempts, Duration patience, Duration pause, Ceilings ceilings) {

    public static final RunnerSettings DEFAULT = new RunnerSettings(
            "/opt/muster/suites", "/var/lib/muster", Duration.ofMinutes(2), Duration.ofMillis(500), Ceilings.DEFAULT);

    /** A suite's folder in the guest. */
    String folder(Suite suite) {
        return suites + "/" + suite.name();
    }

    /** The most that is taken from a guest: sizes in bytes; the artefacts' size is that of all together. */
    public record Ceilings(long journal, long log, int artefacts, long artefactBytes) {
        public static final Ceilings DEFAULT = new Ceilings(256L << 20, 64L << 20, 200, 64L << 20);

        long of(String file) {
            return file.equals("journal") ? journal : log;
        }
    }
}
