package muster.testsuites;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    static final String NO_SUBJECTS = "no subjects";
    static final Duration CALL = Duration.ofMinutes(1);

    private static final String CASES = "cases";

    /** Suites know their cases; they do not search for them. */
    private static final int LIST_SECONDS = 120;

    private final GuestShell shell;
    private final Patience patience;
    private final GuestFiles files;
    private final RunnerSettings settings;
    private final String folder;

    /** Where it lies until it is started, once its cases were listed. */
    private final String listed;

    GuestAttempt(GuestShell shell, Patience patience, RunnerSettings settings, String name) {
        this.shell = shell;
        this.patience = patience;
        this.files = new GuestFiles(shell, patience);
        this.settings = settings;
        this.folder = settings.attempts() + "/" + name;
        this.listed = folder + ".listed";
    }

    /**
     * How it stands.
     *
     * @param code {@link #ENDED}, {@link #RUNNING}, {@link #REBOOTED} or {@link #KILLED}
     * @param status the script's exit status, or null
     * @param leftNothing whether it has ended and says that there is nothing to collect; what an earlier version has started
     *     does not say so
     * @param stopped why it was stopped, or null
     * @param sizes bytes of {@code journal} and {@code log}
     */
    record State(
            int code,
            @Nullable Integer status,
            boolean leftNothing,
            @Nullable String stopped,
            Map<String, Long> sizes) {}

    /**
     * A script and what it is to run with.
     *
     * @param name in the suite's folder
     * @param cases whose names become the file {@code $MUSTER_CASES}, a line each, or null
     * @param environment beside what every suite is given
     */
    record Script(
            String name,
            List<String> arguments,
            String user,
            @Nullable List<String> cases,
            SequencedMap<String, String> environment) {

        Script(String name, String user, SequencedMap<String, String> environment) {
            this(name, List.of(), user, null, environment);
        }
    }

    /**
     * Runs a script detached, once, however often this is called.
     *
     * @throws SuiteRefused when the guest would not
     */
    void start(SuitePlace suite, Script script) throws IOException, InterruptedException, SuiteRefused {
        bring(suite, script, "", folder, "launch", whatStarts(suite, script));
    }

    /**
     * Does as {@link #start} for what {@link #list} was given, which has brought all of it.
     *
     * @throws SuiteRefused when the guest would not
     */
    void startListed(SuitePlace suite, Script script) throws IOException, InterruptedException, SuiteRefused {
        String command = "a=%s; [ -d \"$a\" ] || mv %s \"$a\" || exit 1; exec %s"
                .formatted(Words.quoted(folder), Words.quoted(listed), command(folder, "launch"));
        answered(patience.through(() -> shell.run(command, CALL)), suite, whatStarts(suite, script));
    }

    private static String whatStarts(SuitePlace suite, Script script) {
        return "start " + script.name() + " of " + suite.path();
    }

    /**
     * Runs a script that lists what another would run, to its end, as often as this is called; what it printed becomes the file
     * {@code manifest}.
     *
     * @param script the other
     * @param list the script that lists, in all else as {@code script}
     * @param first how many bytes of the list at most are wanted at once
     * @return as much of it
     * @throws SuiteRefused when it fails, or takes longer than {@link #LIST_SECONDS}
     */
    byte[] list(SuitePlace suite, Script script, String list, int first)
            throws IOException, InterruptedException, SuiteRefused {
        String verb = "list " + LIST_SECONDS + " " + first;
        return Words.bytes(bring(suite, script, list, listed, verb, "list the cases of " + suite.path())
                .output());
    }

    /** Copies the whole list. */
    int listed(OutputStream sink) throws IOException, InterruptedException {
        return shell.stream(command(listed, "rest manifest 1"), sink);
    }

    /** All in one command: each costs an emulated guest a tenth of a second and more. */
    private Answer bring(SuitePlace suite, Script script, String list, String place, String verb, String what)
            throws IOException, InterruptedException, SuiteRefused {
        Path parcel = Files.createTempFile("muster-parcel", ".tar");
        try {
            try (Parcel packing = new Parcel(parcel)) {
                packing.put(helper(), Parcel.fresh(place) + "attempt.sh");
                packing.put(settings(suite, script, list), Parcel.fresh(place) + "settings");
                if (script.cases() != null) {
                    packing.put(Words.bytes(String.join("\n", script.cases()) + "\n"), Parcel.fresh(place) + CASES);
                }
                suite.pack(packing);
                packing.end(place);
            }
            return answered(files.feed(parcel, Parcel.unpacked(place, suite, command(place, verb))), suite, what);
        } finally {
            Files.delete(parcel);
        }
    }

    private static Answer answered(Answer answer, SuitePlace suite, String what) throws SuiteRefused {
        if (answer.status() == SuitePlace.NOT_PREPARED) {
            throw suite.notPrepared();
        } else if (!answer.ok()) {
            throw new SuiteRefused("cannot " + what + " in the guest: " + Words.said(answer));
        }
        return answer;
    }

    /** Whether its script was started, by whomever. */
    boolean isBegun() throws IOException, InterruptedException {
        return patience.through(() -> shell.run("test -d " + Words.quoted(folder + "/begun"), CALL))
                .ok();
    }

    private byte[] settings(SuitePlace suite, Script script, String list) throws SuiteRefused {
        SequencedMap<String, String> environment = new LinkedHashMap<>(script.environment());
        if (script.cases() != null) {
            environment.put("MUSTER_CASES", folder + "/" + CASES);
        }
        return new AttemptScript(folder, settings.attempts() + "/work", script.user())
                .settings(suite.path(), script.name(), script.arguments(), list, environment);
    }

    private static byte[] helper() throws IOException {
        try (InputStream script = GuestAttempt.class.getResourceAsStream("attempt.sh")) {
            if (script == null) {
                throw new IOException("cannot find attempt.sh in this program: it was not packed whole");
            }
            return script.readAllBytes();
        }
    }

    /**
     * Where to go on copying a file.
     *
     * @param offset null where no more of it is wanted
     */
    record From(@Nullable Long offset, OutputStream sink) {
        private String word() {
            return offset == null ? "-" : Long.toString(offset + 1);
        }
    }

    /**
     * Copies journal and log until the script has ended; says by {@link State#code} why it returned. Where both are not wanted, it
     * waits.
     */
    int follow(From journal, From log) throws IOException, InterruptedException {
        return shell.stream(command("follow " + journal.word() + " " + log.word()), journal.sink(), log.sink());
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

    /**
     * The names of at most {@code most} artefacts, as the guest gives them; a line {@link #NO_SUBJECTS} where it named no
     * subjects. What an earlier version has started does not say so.
     */
    Answer artefacts(int most) throws IOException, InterruptedException {
        return patience.through(() -> shell.run(command("artefacts " + most), CALL));
    }

    /** Removes what is left of it in the guest. */
    void remove() throws IOException, InterruptedException {
        patience.through(() ->
                shell.run("rm -rf " + Words.quoted(folder) + " " + Words.quoted(settings.attempts() + "/work"), CALL));
    }

    private String command(String verb) {
        return command(folder, verb);
    }

    private static String command(String place, String verb) {
        return "sh " + Words.quoted(place + "/attempt.sh") + " " + verb;
    }

    private static State state(Answer answer) throws IOException {
        Map<String, String> words = new HashMap<>();
        boolean leftNothing = false;
        for (String line : answer.output().lines().toList()) {
            String[] parts = line.trim().split("\\s+", -1);
            if (parts.length > 1) {
                words.put(parts[0], parts[1]);
            }
            leftNothing |= parts.length == 4 && parts[0].equals("status") && parts[3].equals("nothing");
        }
        try {
            Map<String, Long> sizes = new HashMap<>();
            for (String file : new String[] {"journal", "log"}) {
                sizes.put(file, Long.valueOf(words.getOrDefault(file, "0")));
            }
            String status = words.get("status");
            return new State(
                    answer.status(),
                    status == null ? null : Integer.valueOf(status),
                    leftNothing,
                    words.get("stopped"),
                    sizes);
        } catch (NumberFormatException e) {
            throw new IOException("cannot read how the suite stands: the guest says " + Words.said(answer), e);
        }
    }
}
