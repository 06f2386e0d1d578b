package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, one of them stopped in the middle of what was due. */
class TwoServicesIT {

    @TempDir
    Path folder;

    @Test
    void whatAFrozenServiceWasToldIsToldToAnotherAndTheLateOneIsRefused() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
            String eachMinute =
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(15).getSecond() + " * * * * ?";
            String late;
            try (ServiceProcesses services = new ServiceProcesses(folder, url, Map.of())) {
                Process frozen = services.start("frozen", eachMinute, "UTC");
                services.awaitSaid("frozen", "due ");
                signal(frozen, "STOP");
                late = due(services.said("frozen")).getFirst();
                services.go("other");
                services.start("other", eachMinute, "UTC");
                services.awaitSaid("other", late + "\nqueued run ");
                services.go("frozen");
                signal(frozen, "CONT");
                services.awaitSaid("frozen", late + "\nrefused");
            }
            DatabaseAddress database = new DatabaseAddress(url, "postgres", "postgres");
            try (ResultStore store = JdbiResultStore.open(database, folder.resolve("third"), Clock.systemUTC())) {
                assertThat(store.history().runs(10))
                        .filteredOn(run -> late.equals("due " + run.queuedAt()))
                        .hasSize(1);
            }
        }
    }

    private static List<String> due(String said) {
        return said.lines().filter(line -> line.startsWith("due ")).toList();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }
}
