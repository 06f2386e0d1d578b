package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import muster.images.BaseImage;
import muster.orchestrator.guest.FarmFailed;
import muster.reports.Counts;
import muster.reports.Step;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;

/** What one guest does for an attempt: all of it, or a shard. */
interface Part {

    /** The role of an attempt's only guest. */
    String WHOLE = "main";

    /** {@value #WHOLE}, or the shard's name. */
    String role();

    /** Names it in messages. */
    String label();

    /** Where it keeps its things. */
    Path folder();

    /** What its guest boots. */
    BaseImage image() throws FarmFailed, IOException, InterruptedException;

    /** Starts what is its own of the suite; callable again. */
    void start(SuiteRunner runner) throws SuiteRefused, GuestEnded, IOException, InterruptedException;

    /** Whether its guest is to run on though the suite has ended thus; asked once, before the guest ends. */
    boolean leaves(CellEnd end) throws IOException;

    /** A step begins. */
    void step(Step step, Instant at);

    /** What it does or waits for just now, a few words. */
    void detail(String words);

    /** What was found on its guest's console, a few words. */
    void finding(String words);

    /** Verdicts read so far. */
    void counts(Counts counts);

    /**
     * How one has ended.
     *
     * @param folder where what it came to lies
     */
    record Ended(String role, Path folder, CellEnd end) {

        boolean isShard() {
            return !role.equals(WHOLE);
        }

        /** A file's or fact's name with the shard before it. */
        String named(String name, String between) {
            return isShard() ? role + between + name : name;
        }
    }
}
