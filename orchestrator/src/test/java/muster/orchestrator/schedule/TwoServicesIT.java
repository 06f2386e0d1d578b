package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, one of them stopped in the middle of what was due. */
class TwoServicesIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void whatAFrozenServiceWasToldIsToldToAnotherAndTheLateOneIsRefused() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
            String eachMinute =
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(15).getSecond() + " * * * * ?";
            Process frozen = start(url, "frozen", eachMinute);
            awaitSaid("frozen", "due ");
            signal(frozen, "STOP");
            String late = due("frozen").getFirst();
            Files.createFile(folder.resolve("other.go"));
            start(url, "other", eachMinute);
            awaitSaid("other", late + "\nqueued run ");
            Files.createFile(folder.resolve("frozen.go"));
            signal(frozen, "CONT");
            awaitSaid("frozen", late + "\nrefused");
            DatabaseAddress database = new DatabaseAddress(url, "postgres", "postgres");
            try (ResultStore store = JdbiResultStore.open(database, folder.resolve("third"), Clock.systemUTC())) {
                assertThat(store.history().runs(10))
                        .filteredOn(run -> late.equals("due " + run.queuedAt()))
                        .hasSize(1);
            }
        }
    }

    private Process start(String url, String name, String cron) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneService.class.getName(),
                        url,
                        folder.resolve(name).toString(),
                        folder.resolve(name + ".go").toString(),
                        cron)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitSaid(String name, String words) {
        await().atMost(LONG).untilAsserted(() -> assertThat(said(name)).contains(words));
    }

    private String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out"));
    }

    private List<String> due(String name) throws IOException {
        return said(name).lines().filter(line -> line.startsWith("due ")).toList();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }
}
