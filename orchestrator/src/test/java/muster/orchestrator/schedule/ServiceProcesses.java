package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes that each are {@link OneService}, by their names, in a folder. */
final class ServiceProcesses implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(3);

    private final Path folder;
    private final String database;
    private final Map<String, String> environment;
    private final List<Process> processes = new ArrayList<>();

    ServiceProcesses(Path folder, String database, Map<String, String> environment) {
        this.folder = folder;
        this.database = database;
        this.environment = environment;
    }

    Process start(String name, String cron, String zone) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                OneService.class.getName(),
                database,
                folder.resolve(name).toString(),
                folder.resolve(name + ".go").toString(),
                cron,
                zone);
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Lets it queue what is due. */
    void go(String name) throws IOException {
        Files.createFile(folder.resolve(name + ".go"));
    }

    void awaitSaid(String name, String words) {
        await().atMost(LONG).untilAsserted(() -> assertThat(said(name)).contains(words));
    }

    String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out"));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
