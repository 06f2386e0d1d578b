package muster.testsuites;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a suite in a guest through a {@link GuestShell}. The suite runs detached and writes to files of the guest, so that
 * a cut connection costs nothing. Everything here may be called again: an orchestrator that starts anew calls what its
 * predecessor called, and nothing is run twice. A guest out of reach for longer than {@link RunnerSettings#patience}
 * shows as {@link GuestShell.ConnectionCut}.
 */
public final class SuiteRunner {

    /** How much of a list comes with the answer that it was made, in bytes; only longer ones are fetched by themselves. */
    private static final int FIRST_OF_LIST = 1 << 19;

    private final GuestShell shell;
    private final Clock clock;
    private final RunnerSettings settings;
    private final Patience patience;

    /** The attempt whose cases were listed, by which all that it needs was brought. */
    private volatile @Nullable Long listed;

    /** The attempt that was followed to its end and said that there is nothing to collect. */
    private volatile @Nullable Long leftNothing;

    public SuiteRunner(GuestShell shell, Clock clock, RunnerSettings settings) {
        this.shell = shell;
        this.clock = clock;
        this.settings = settings;
        this.patience = new Patience(clock, settings);
    }

    /** How long a suite may take, and how long its journal and log may both stay as they are. */
    public record Limits(Duration suite, Duration silence) {}

    /**
     * Starts a suite's {@code run}, detached; it goes on whatever becomes of the connection. A suite without {@code
     * prepare} is put into the guest first.
     *
     * @param attempt the attempt's number: that it was started is remembered in the guest
     * @throws SuiteRefused when the guest is not prepared for this very suite, has no such user, or would not start it
     */
    public void start(long attempt, Suite suite, Suite.Variant variant)
            throws IOException, InterruptedException, SuiteRefused {
        GuestAttempt.Script script = script(suite, variant, suite.commands().run());
        if (Objects.equals(listed, attempt)) {
            attempt("attempt-" + attempt).startListed(place(suite, variant), script);
        } else {
            start(attempt, suite, variant, script);
        }
    }

    /**
     * Starts a suite's {@code run-case} for one case, in all else as {@link #start}.
     *
     * @param name the case's
     * @throws SuiteRefused also when the suite cannot run one case alone
     */
    public void startCase(long attempt, Suite suite, Suite.Variant variant, String name)
            throws IOException, InterruptedException, SuiteRefused {
        String script = suite.commands().runCase();
        if (script == null) {
            throw new SuiteRefused("cannot run the one case " + Words.printable(name) + ": the suite " + suite.name()
                    + " names no run-case among its commands");
        }
        start(
                attempt,
                suite,
                variant,
                new GuestAttempt.Script(script, List.of(name), suite.user(), null, environment(suite, variant)));
    }

    /**
     * Asks a suite what {@link #start} would run, by its {@code list}, in the same environment and as the same user. A suite
     * without {@code list} does not say.
     *
     * @return {@link Manifest#NONE} where the suite does not say
     * @throws SuiteRefused as {@link #start}; also when {@code list} fails, names no case, or says more than a manifest holds
     */
    public Manifest list(long attempt, Suite suite, Suite.Variant variant)
            throws IOException, InterruptedException, SuiteRefused {
        String script = suite.commands().list();
        if (script == null) {
            return Manifest.NONE;
        }
        GuestAttempt lister = attempt("attempt-" + attempt);
        byte[] first = lister.list(
                place(suite, variant), script(suite, variant, suite.commands().run()), script, FIRST_OF_LIST);
        listed = attempt;
        if (first.length < FIRST_OF_LIST) {
            return manifest(suite, new ByteArrayInputStream(first));
        }
        Path list = Files.createTempFile("muster-manifest", ".list");
        try {
            patience.through(() -> {
                Files.write(list, new byte[0]); // what came before a cut
                try (OutputStream sink = new BoundedAppender(list, Manifest.MOST_BYTES + 1, () -> {})) {
                    return lister.listed(sink);
                } catch (CeilingReached reached) {
                    return 0; // as a manifest it is refused
                }
            });
            try (InputStream in = Files.newInputStream(list)) {
                return manifest(suite, in);
            }
        } finally {
            Files.delete(list);
        }
    }

    private static Manifest manifest(Suite suite, InputStream in) throws SuiteRefused {
        try {
            Manifest manifest = Manifest.read(in);
            if (manifest.isEmpty()) {
                throw new SuiteRefused("cannot list the cases of suite " + suite.name() + ": its list names none");
            }
            return manifest;
        } catch (IOException tooMuch) {
            throw new SuiteRefused("cannot list the cases of suite " + suite.name() + ": " + tooMuch.getMessage());
        }
    }

    /**
     * Starts a suite's {@code run} for some of its cases, in all else as {@link #start}: {@code $MUSTER_CASES} is a file with
     * their names, a line each.
     *
     * @throws SuiteRefused also when the suite cannot be split
     */
    public void startCases(long attempt, Suite suite, Suite.Variant variant, List<String> names)
            throws IOException, InterruptedException, SuiteRefused {
        if (!suite.shardable()) {
            throw new SuiteRefused(
                    "cannot run some of the cases of " + suite.name() + ": it does not say shardable: true");
        }
        start(
                attempt,
                suite,
                variant,
                new GuestAttempt.Script(
                        suite.commands().run(), List.of(), suite.user(), names, environment(suite, variant)));
    }

    private void start(long attempt, Suite suite, Suite.Variant variant, GuestAttempt.Script script)
            throws IOException, InterruptedException, SuiteRefused {
        attempt("attempt-" + attempt).start(place(suite, variant), script);
    }

    /** Its folder in the guest, brought there where no {@code prepare} has put it. */
    private SuitePlace place(Suite suite, Suite.Variant variant) {
        boolean isThere = listed != null || suite.commands().prepare() != null;
        return new SuitePlace(settings.folder(suite), SuitePlace.mark(suite, variant), isThere ? null : suite.folder());
    }

    private static GuestAttempt.Script script(Suite suite, Suite.Variant variant, String name) {
        return new GuestAttempt.Script(name, suite.user(), environment(suite, variant));
    }

    static SequencedMap<String, String> environment(Suite suite, Suite.Variant variant) {
        SequencedMap<String, String> environment = suite.environment(variant);
        environment.put("MUSTER_VARIANT", variant.name());
        return environment;
    }

    /**
     * Copies a started suite's journal and log, live, until it ends or a limit stops it. The files' lengths say what is
     * here already: after a restart call it again with the same files. Waits without work while the suite is silent. When
     * interrupted, the suite goes on.
     *
     * @param journal grows by what the suite wrote to {@code $MUSTER_JOURNAL}
     * @param log grows by what the suite printed
     * @param startedAt when {@link #start} first returned; the suite's limit counts from here, the silence's from now
     */
    public SuiteEnding follow(long attempt, Path journal, Path log, Instant startedAt, Limits limits)
            throws IOException, InterruptedException {
        Follower follower =
                new Follower(attempt("attempt-" + attempt), patience, settings.ceilings(), clock, journal, log);
        SuiteEnding ending = follower.follow(startedAt, limits);
        leftNothing = follower.hasLeftNothing() ? attempt : null;
        return ending;
    }

    /**
     * Fetches what an ended suite left to keep.
     *
     * @param artefacts a folder for the files of {@code $MUSTER_ARTEFACTS}; made, and emptied of files that were fetched
     *     before
     */
    public Collected collect(long attempt, Path artefacts) throws IOException, InterruptedException {
        return new Collector(attempt("attempt-" + attempt), patience, settings.ceilings())
                .collect(artefacts, Objects.equals(leftNothing, attempt));
    }

    private GuestAttempt attempt(String name) {
        return new GuestAttempt(shell, patience, settings, name);
    }
}
