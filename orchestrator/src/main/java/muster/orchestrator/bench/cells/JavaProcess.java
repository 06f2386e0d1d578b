package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import muster.orchestrator.guest.Deadline;

/** A JVM with this program's classes; it ends with whoever started it. */
final class JavaProcess implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param before words before {@code java}
     * @param output what it says
     */
    static JavaProcess start(List<String> before, List<String> options, Class<?> main, Path output, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        JavaProcess started = new JavaProcess(process, output);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return started;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    /** Waits for something that it is to bring about. */
    void await(String what, Duration limit, BooleanSupplier holds) throws IOException, InterruptedException {
        boolean came = Deadline.in(limit).await(PAUSE, () -> !process.isAlive() || holds.getAsBoolean());
        if (!came || !process.isAlive()) {
            throw new IOException("cannot measure: no " + what + (came ? ", the process has ended" : " within " + limit)
                    + "; it said: " + said());
        }
    }

    /** Ends it as {@code kill -9} does. */
    void killHard() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as a service is ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
