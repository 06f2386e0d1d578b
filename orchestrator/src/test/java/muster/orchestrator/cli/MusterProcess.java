package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import muster.orchestrator.guest.TestImages;
import org.awaitility.Awaitility;

/** The program as a process of its own, as its users start it. */
final class MusterProcess implements AutoCloseable {

    private static final Duration SAYING = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final Path output;

    private MusterProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * What starts it with the tests' home; arguments are to follow. What is started in a shell's background ignores Ctrl-C, and so
     * would all that is started by it.
     */
    static List<String> command() {
        return List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dmuster.installation=" + TestImages.ROOT,
                "-jar",
                Path.of("target", "muster.jar").toAbsolutePath().toString(),
                "--home",
                TestImages.KEPT.folder().toString());
    }

    /** Starts it with the tests' home. */
    static MusterProcess start(String... arguments) throws IOException {
        return start(command(), arguments);
    }

    /** Starts it with a home of its own. */
    static MusterProcess startIn(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.set(command.size() - 1, home.toString());
        return start(command, arguments);
    }

    private static MusterProcess start(List<String> first, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(first);
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("muster", ".out");
        output.toFile().deleteOnExit();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new MusterProcess(process, output);
    }

    /** Runs it to its end, and says what it printed when that takes too long. */
    static MusterProcess run(Duration limit, String... arguments) throws IOException, InterruptedException {
        MusterProcess muster = start(arguments);
        muster.await(limit);
        return muster;
    }

    int await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + limit + "; it printed:\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until it has printed that; it must not end before. */
    void awaitSaying(String words) {
        awaitSaying(Pattern.compile(words, Pattern.LITERAL), 1);
    }

    /** The same so often. */
    void awaitSaying(Pattern words, int times) {
        Awaitility.await().atMost(SAYING).pollInterval(LOOK).until(() -> {
            assertThat(isAlive()).as(output()).isTrue();
            return words.matcher(output()).results().count() >= times;
        });
    }

    int exitCode() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Ends it as {@code kill -9} does. */
    void killHard() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, as systemd does. */
    void terminate() {
        process.destroy();
    }

    /** Sends it what Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
