package muster.testsuites;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;
import org.tukaani.xz.XZInputStream;

/**
 * Prepares a guest whose disk becomes a prepared image: for one variant of a suite, by its {@code prepare}. As with {@link
 * SuiteRunner} everything may be called again, and a guest out of reach for too long shows as {@link
 * GuestShell.ConnectionCut}.
 */
public final class SuitePreparer {

    private final GuestShell shell;
    private final Clock clock;
    private final RunnerSettings settings;
    private final Patience patience;
    private final GuestFiles files;

    public SuitePreparer(GuestShell shell, Clock clock, RunnerSettings settings) {
        this.shell = shell;
        this.clock = clock;
        this.settings = settings;
        this.patience = new Patience(clock, settings);
        this.files = new GuestFiles(shell, patience);
    }

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
        if (isPrepared(suite, variant)) {
            return;
        }
        GuestAttempt attempt = new GuestAttempt(shell, patience, settings, "prepare-" + suite.name());
        String script = suite.commands().prepare();
        if (!attempt.isBegun()) {
            files.putFolder(suite.folder(), settings.folder(suite));
            for (Suite.Source source : suite.sources(variant)) {
                putSource(suite, source, sources);
            }
        }
        if (script != null) {
            runPrepare(suite, variant, script, attempt, limit, log);
        }
        files.run("rm -rf " + Words.quoted(sourcesFolder()), "remove the suite's sources");
        files.put(Words.bytes(SuitePlace.mark(suite, variant) + "\n"), marker(suite));
        files.run("sync", "write out the prepared disk");
    }

    private void runPrepare(
            Suite suite, Suite.Variant variant, String script, GuestAttempt attempt, Duration limit, Path log)
            throws IOException, InterruptedException, SuiteRefused {
        SequencedMap<String, String> environment = SuiteRunner.environment(suite, variant);
        environment.put("MUSTER_SOURCES", sourcesFolder());
        attempt.start(
                new SuitePlace(settings.folder(suite), null, null),
                new GuestAttempt.Script(script, "root", environment));
        Path journal = Files.createTempFile("muster-prepare", ".journal");
        try {
            SuiteEnding ending = new Follower(attempt, patience, settings.ceilings(), clock, journal, log)
                    .follow(clock.instant(), new SuiteRunner.Limits(limit, limit));
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

    private boolean isPrepared(Suite suite, Suite.Variant variant) throws IOException, InterruptedException {
        GuestShell.Answer answer = patience.through(
                () -> shell.run("cat " + Words.quoted(marker(suite)) + " 2>/dev/null", GuestAttempt.CALL));
        return answer.output().strip().equals(SuitePlace.mark(suite, variant));
    }

    private String sourcesFolder() {
        return settings.attempts() + "/sources";
    }

    private String marker(Suite suite) {
        return settings.folder(suite) + "/" + SuitePlace.MARKER;
    }
}
