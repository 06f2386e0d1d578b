package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.web.HomeClient;

/** The service as a process on one core, with the heap that it has to do with; it can be killed, and another started. */
final class MeasuredService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path root;
    private final Path folder;
    private final Home home;
    private JavaProcess process;
    private HeapLog heap = HeapLog.of("");
    private int number;

    /**
     * Starts it, and returns once it answers.
     *
     * @param root the program's folder
     * @param folder where its guests are had, and what it says is kept
     */
    MeasuredService(Path root, Path folder, Home home) throws IOException, InterruptedException {
        this.root = root;
        this.folder = folder;
        this.home = home;
        this.process = start();
    }

    private JavaProcess start() throws IOException, InterruptedException {
        number++;
        JavaProcess started = JavaProcess.start(
                List.of("taskset", "-c", firstCore()),
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dmuster.log=" + home.log(),
                        "-Xlog:gc:file=" + collections()),
                FarmProcess.class,
                folder.resolve("farm-" + number + ".out"),
                root.toString(),
                home.folder().toString(),
                folder.resolve(GuestsProcess.SOCKET).toString());
        started.await("service", START_LIMIT, () -> !port(started).isEmpty());
        return started;
    }

    private Path collections() {
        return folder.resolve("collections-" + number);
    }

    /** That this process may use. */
    private static String firstCore() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll("^\\S+\\s+(\\d+).*", "$1"))
                .findFirst()
                .orElse("0");
    }

    private static String port(JavaProcess service) {
        try {
            return service.said()
                    .lines()
                    .findFirst()
                    .filter(line -> line.matches("\\d+"))
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Ends it as {@code kill -9} does, starts another, and returns once that answers. */
    void killAndStart() throws IOException, InterruptedException {
        process.killHard();
        heap = heap.and(HeapLog.read(collections()));
        process = start();
    }

    HomeClient client() throws IOException {
        return new HomeClient(HomeLock.door(home).orElseThrow());
    }

    URI pages() {
        return URI.create("http://127.0.0.1:" + port(process) + "/");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() throws IOException {
        return process.said();
    }

    ProcessUse use() throws IOException {
        return ProcessUse.of(process.pid());
    }

    /** Of all its processes. */
    HeapLog heap() throws IOException {
        return heap.and(HeapLog.read(collections()));
    }

    @Override
    public void close() {
        process.close();
    }
}
