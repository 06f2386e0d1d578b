package muster.testsuites;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import muster.testsuites.GuestShell.Answer;
import org.jspecify.annotations.Nullable;

/** One attempt as the guest holds it: a folder with {@code attempt.sh}, by which it is started, followed and stopped. */
final class GuestAttempt {
    static final int ENDED = 0;
    static final int RUNNING = 71;
    static final int REBOOTED = 72;
    static final int KILLED = 73;
    static final Duration CALL = Duration.ofMinutes(1);

    /** Suites know their cases; they do not search for them. */
    private static final int LIST_SECONDS = 120;

    private final GuestShell shell;
    private final Patience patience;
    private final GuestFiles files;
    private final RunnerSettings settings;
    private final String folder;

    GuestAttempt(GuestShell shell, Patience patience, RunnerSettings settings, String name) {
        this.shell = shell;
        this.patience = patience;
        this.files = new GuestFiles(shell, patience);
        this.settings = settings;
        this.folder = settings.attempts() + "/" + name;
    }

    /**
     * How it stands.
     *
     * @param code {@link #ENDED}, {@link #RUNNING}, {@link #REBOOTED} or {@link #KILLED}
     * @param status the script's exit status, or null
     * @param stopped why it was stopped, or null
     * @param sizes bytes of {@code journal} and {@code log}
     */
    record State(
            int code, @Nullable Integer status, @Nullable String stopped, Map<String, Long> sizes) {}

    /**
     * Runs a script detached, once, however often this is called.
     *
     * @param suiteFolder the suite's folder in the guest
     * @param arguments of the script
     * @param environment beside what every suite is given
     * @throws SuiteRefused when the guest would not
     */
    void start(
            String suiteFolder,
            String script,
            List<String> arguments,
            String user,
            SequencedMap<String, String> environment)
            throws IOException, InterruptedException, SuiteRefused {
        if (!isBegun()) {
            put(suiteFolder, script, arguments, user, environment);
        }
        files.run(command("launch"), "start " + script + " of " + suiteFolder);
    }

    /**
     * Runs a script to its end, as often as this is called; what it printed becomes the file {@code manifest}.
     *
     * @throws SuiteRefused when it fails, or takes longer than {@link #LIST_SECONDS}
     */
    void list(String suiteFolder, String script, String user, SequencedMap<String, String> environment)
            throws IOException, InterruptedException, SuiteRefused {
        put(suiteFolder, script, List.of(), user, environment);
        String limit = "$(command -v timeout >/dev/null && echo timeout -k 5 " + LIST_SECONDS + ") ";
        files.run(limit + command("list"), "list the cases of " + suiteFolder);
    }

    private void put(
            String suiteFolder,
            String script,
            List<String> arguments,
            String user,
            SequencedMap<String, String> environment)
            throws IOException, InterruptedException, SuiteRefused {
        files.put(helper(), folder + "/attempt.sh");
        files.put(settings(suiteFolder, script, arguments, user, environment), folder + "/settings");
    }

    /** Whether its script was started, by whomever. */
    boolean isBegun() throws IOException, InterruptedException {
        return patience.through(() -> shell.run("test -d " + Words.quoted(folder + "/begun"), CALL))
                .ok();
    }

    private byte[] settings(
            String suiteFolder,
            String script,
            List<String> arguments,
            String user,
            SequencedMap<String, String> environment)
            throws SuiteRefused {
        return new AttemptScript(folder, settings.attempts() + "/work", user)
                .settings(suiteFolder, script, arguments, environment);
    }

    private static byte[] helper() throws IOException {
        try (InputStream script = GuestAttempt.class.getResourceAsStream("attempt.sh")) {
            if (script == null) {
                throw new IOException("cannot find attempt.sh in this program: it was not packed whole");
            }
            return script.readAllBytes();
        }
    }

    /** Copies a file from an offset on until the script has ended; says by {@link State#code} why it returned. */
    int follow(String file, long offset, OutputStream sink) throws IOException, InterruptedException {
        return shell.stream(command("follow " + file + " " + (offset + 1)), sink);
    }

    /** Copies what a file holds from an offset on. */
    int rest(String file, long offset, OutputStream sink) throws IOException, InterruptedException {
        return shell.stream(command("rest " + Words.quoted(file) + " " + (offset + 1)), sink);
    }

    State state() throws IOException, InterruptedException {
        return state(patience.through(() -> shell.run(command("state"), CALL)));
    }

    /** Ends every process of the script; {@code why} is remembered unless it had ended by itself. */
    void stop(String why) throws IOException, InterruptedException {
        patience.through(() -> shell.run(command("stop " + why), CALL));
    }

    /** The names of at most {@code most} artefacts, as the guest gives them. */
    Answer artefacts(int most) throws IOException, InterruptedException {
        return patience.through(() -> shell.run(command("artefacts " + most), CALL));
    }

    /** Removes what is left of it in the guest. */
    void remove() throws IOException, InterruptedException {
        patience.through(() ->
                shell.run("rm -rf " + Words.quoted(folder) + " " + Words.quoted(settings.attempts() + "/work"), CALL));
    }

    private String command(String verb) {
        return "sh " + Words.quoted(folder + "/attempt.sh") + " " + verb;
    }

    private static State state(Answer answer) throws IOException {
        Map<String, String> words = new HashMap<>();
        answer.output().lines().forEach(line -> {
            String[] parts = line.trim().split("\\s+", -1);
            if (parts.length > 1) {
                words.put(parts[0], parts[1]);
            }
        });
        try {
            Map<String, Long> sizes = new HashMap<>();
            for (String file : new String[] {"journal", "log"}) {
                sizes.put(file, Long.valueOf(words.getOrDefault(file, "0")));
            }
            String status = words.get("status");
            return new State(
                    answer.status(), status == null ? null : Integer.valueOf(status), words.get("stopped"), sizes);
        } catch (NumberFormatException e) {
            throw new IOException("cannot read how the suite stands: the guest says " + Words.said(answer), e);
        }
    }
}
