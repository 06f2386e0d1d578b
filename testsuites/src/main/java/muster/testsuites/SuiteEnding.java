package muster.testsuites;

import java.time.Duration;
import java.util.List;

/** How a suite's run ended in its guest. Whatever it was, journal and log are here as far as they were written. */
public sealed interface SuiteEnding {

    /** What is not here although the suite wrote it. */
    List<Cut> cuts();

    /** The script ended by itself; the shell's word for a signal is 128 and its number. */
    record Exited(int status, List<Cut> cuts) implements SuiteEnding {}

    /** It was stopped: the whole suite took longer than {@code limit}. */
    record TimedOut(Duration limit, List<Cut> cuts) implements SuiteEnding {}

    /** It was stopped: neither journal nor log had grown for {@code limit}. */
    record Silent(Duration limit, List<Cut> cuts) implements SuiteEnding {}

    /** The guest booted anew in the middle of it. */
    record Rebooted(List<Cut> cuts) implements SuiteEnding {}

    /** Something in the guest killed the process that ran it, so that there is no exit status. */
    record Killed(List<Cut> cuts) implements SuiteEnding {}

    /**
     * The end of a file is missing.
     *
     * @param file {@code journal} or {@code log}
     * @param at how many bytes of it are here
     * @param why a sentence, e.g. that a ceiling was reached
     */
    record Cut(String file, long at, String why) {}
}
