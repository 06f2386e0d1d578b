package muster.testsuites;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

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
    private final GuestFiles files;

    /** The attempt whose cases were listed, by which all that it needs was brought. */
    private volatile @Nullable Long listed;

    /** The attempt that was followed to its end and said that there is nothing to collect. */
    private volatile @Nullable Long leftNothing;

    public SuiteRunner(GuestShell shell, Clock clock) {
        this(shell, clock, RunnerSettings.DEFAULT);
    }

    public SuiteRunner(GuestShell shell, Clock clock, RunnerSettings settings) {
        this.shell = shell;
        this.clock = clock;
        this.settings = settings;
        this.patience = new Patience(clock, settings);
        this.files = new GuestFiles(shell, patience);
    }

    /** How long a suite may take, and how long its journal and log may both stay as they are. */
    public record Limits(Duration suite, Duration silence) {}

    /**
     * Does in the guest what a variant of a suite needs once per base image: puts the suite's folder there and runs its
     * {@code prepare} as root, {@code $MUSTER_SOURCES} being a folder with the sources. A source that ends in {@code .xz} lies there
     * decompressed, without that ending, so that guests need no xz.
     *
     * @param sources by {@link Suite.Source#fileName}
     * @param log grows by what {@code prepare} prints
     * @throws SuiteRefused when it fails or takes longer than {@code limit}; the message ends with the tail of its output
     */
    public void prepare(Suite suite, Suite.Variant variant, Map<String, Path> sources, Duration limit, Path log)
            throws IOException, InterruptedException, SuiteRefused {
        String folder = settings.suites() + "/" + suite.name();
        if (isPrepared(suite, variant)) {
            return;
        }
        GuestAttempt attempt = attempt("prepare-" + suite.name());
        String script = suite.commands().prepare();
        if (!attempt.isBegun()) {
            files.putFolder(suite.folder(), folder);
            for (Suite.Source source : suite.sources(variant)) {
                putSource(suite, source, sources);
            }
        }
        if (script != null) {
            runPrepare(suite, variant, script, attempt, limit, log);
        }
        files.run("rm -rf " + Words.quoted(sourcesFolder()), "remove the suite's sources");
        files.put(Words.bytes(mark(suite, variant) + "\n"), marker(suite));
        files.run("sync", "write out the prepared disk");
    }

    private void runPrepare(
            Suite suite, Suite.Variant variant, String script, GuestAttempt attempt, Duration limit, Path log)
            throws IOException, InterruptedException, SuiteRefused {
        SequencedMap<String, String> environment = environment(suite, variant);
        environment.put("MUSTER_SOURCES", sourcesFolder());
        attempt.start(
                new SuitePlace(settings.suites() + "/" + suite.name(), null, null),
                new GuestAttempt.Script(script, "root", environment));
        Path journal = Files.createTempFile("muster-prepare", ".journal");
        try {
            SuiteEnding ending = follower(attempt, journal, log).follow(clock.instant(), new Limits(limit, limit));
            if (!(ending instanceof SuiteEnding.Exited(int status, var _) && status == 0)) {
                throw new SuiteRefused("cannot prepare suite " + suite.name() + ": " + script + " " + told(ending)
                        + ": "
                        + Words.tail(Words.printable(Files.readString(log, StandardCharsets.ISO_8859_1)
                                .strip())));
            }
        } finally {
            Files.delete(journal);
        }
        attempt.remove();
    }

    private static String told(SuiteEnding ending) {
        return switch (ending) {
            case SuiteEnding.Exited(int status, var _) -> "came to exit status " + status;
            case SuiteEnding.TimedOut(Duration limit, var _) -> "took longer than " + limit.toSeconds() + " s";
            case SuiteEnding.Silent(Duration limit, var _) -> "printed nothing for " + limit.toSeconds() + " s";
            case SuiteEnding.Rebooted _ -> "made the guest boot anew";
            case SuiteEnding.Killed _ -> "was killed";
        };
    }

    private void putSource(Suite suite, Suite.Source source, Map<String, Path> fetched)
            throws IOException, InterruptedException, SuiteRefused {
        Path file = fetched.get(source.fileName());
        if (file == null) {
            throw new SuiteRefused("cannot prepare suite " + suite.name() + ": " + source.uri() + " was not fetched");
        }
        String path = sourcesFolder() + "/" + source.fileName();
        if (!path.endsWith(".xz")) {
            files.put(file, path);
            return;
        }
        Path plain = Files.createTempFile("muster-source", "");
        try {
            try (InputStream in = new XZInputStream(Files.newInputStream(file));
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(plain))) {
                in.transferTo(out);
            }
            files.put(plain, path.substring(0, path.length() - ".xz".length()));
        } finally {
            Files.delete(plain);
        }
    }

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
        return new SuitePlace(
                settings.suites() + "/" + suite.name(), mark(suite, variant), isThere ? null : suite.folder());
    }

    private static GuestAttempt.Script script(Suite suite, Suite.Variant variant, String name) {
        return new GuestAttempt.Script(name, suite.user(), environment(suite, variant));
    }

    private static SequencedMap<String, String> environment(Suite suite, Suite.Variant variant) {
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
        Follower follower = follower(attempt("attempt-" + attempt), journal, log);
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

    private Follower follower(GuestAttempt attempt, Path journal, Path log) {
        return new Follower(attempt, patience, settings.ceilings(), clock, journal, log);
    }

    private boolean isPrepared(Suite suite, Suite.Variant variant) throws IOException, InterruptedException {
        GuestShell.Answer answer = patience.through(
                () -> shell.run("cat " + Words.quoted(marker(suite)) + " 2>/dev/null", GuestAttempt.CALL));
        return answer.output().strip().equals(mark(suite, variant));
    }

    private String sourcesFolder() {
        return settings.attempts() + "/sources";
    }

    /** What the file beside a prepared suite says. */
    private static String mark(Suite suite, Suite.Variant variant) {
        return suite.digest() + " " + variant.name();
    }

    private String marker(Suite suite) {
        return settings.suites() + "/" + suite.name() + "/" + SuitePlace.MARKER;
    }
}
