package muster.orchestrator.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;

/** How whoever holds a home looks after it. Safe for many threads. */
public interface Upkeep {

    /** How it stands. */
    UpkeepLine line();

    /** All that is measured, in the text format of Prometheus. */
    String metrics();

    /**
     * What the farm needs to take up work, by name: {@code store}, {@code schedule}, {@code disk}.
     *
     * @return to each how it stands; never waits long
     */
    SortedMap<String, Check> checks();

    /**
     * Whether something that is needed is there.
     *
     * @param words how it stands, or why it is not as it should be, a sentence
     */
    record Check(boolean good, String words) {}

    /** A request was answered. */
    void answered(String method, String path, int status, Duration took);

    /**
     * Removes what has no reason to stay.
     *
     * @param kinds only these kinds, by their words; all where it is empty
     * @param dryRun whether it only says what it would remove
     * @throws IllegalArgumentException with a message for people where there is no such kind, or it is done already
     */
    Tidied tidy(Set<String> kinds, boolean dryRun);

    /**
     * Writes all that is needed to have this farm again elsewhere into a new file, which its owner alone may read.
     *
     * @return what is in it, or not, a sentence each
     * @throws IllegalArgumentException with a message for people where the file cannot be written
     */
    BackupAnswer backUp(Path file) throws IOException;
}
