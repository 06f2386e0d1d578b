package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL whose clock is moved over the changes of Central Europe's clocks, and back. */
class MovedClockIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration BEFORE = Duration.ofSeconds(3);
    /** As long as either of them could still be told of a time that has passed. */
    private static final Duration AFTER = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private Path offset;

    @BeforeEach
    void begin() {
        offset = folder.resolve("offset");
    }

    @Test
    void aNightIsRunOnceWhereItsHourComesTwiceOrNotAtAllAndWhereTheClockIsMovedBack() throws Exception {
        move("2026-10-24T20:00:00Z");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
            DatabaseAddress database = new DatabaseAddress(url, "postgres", "postgres");
            try (ResultStore store = JdbiResultStore.open(database, folder.resolve("third"), Clock.systemUTC());
                    ServiceProcesses services = new ServiceProcesses(folder, url, moved())) {
                for (String name : List.of("one", "other")) {
                    services.go(name);
                    services.start(name, "0 30 2 * * ?", "Europe/Berlin");
                    services.awaitSaid(name, "started");
                }
                move("2026-10-25T00:30:00Z");
                Thread.sleep(BEFORE.plus(AFTER));
                move("2026-10-25T01:30:00Z");
                awaitRuns(store, 1);
                Thread.sleep(BEFORE.plus(AFTER));
                assertThat(due(store)).as("half past two came twice").hasSize(1);

                move("2026-10-26T01:30:00Z");
                awaitRuns(store, 2);
                move("2026-10-26T01:30:00Z");
                Thread.sleep(BEFORE.plus(AFTER));
                assertThat(due(store)).as("the clock was moved back").hasSize(2).endsWith("2026-10-26T01:30:00Z");

                move("2027-03-28T01:00:00Z");
                awaitRuns(store, 3);
                Thread.sleep(BEFORE.plus(AFTER));
                assertThat(due(store))
                        .as("one for all nights that were missed, none where two o'clock is three")
                        .hasSize(3);
                move("2027-03-29T00:30:00Z");
                awaitRuns(store, 4);
                assertThat(due(store)).endsWith("2027-03-29T00:30:00Z");
            }
        }
    }

    /** Moves the clock of both to a moment before a time. */
    private void move(String time) throws IOException {
        Duration ahead = Duration.between(Instant.now(), Instant.parse(time).minus(BEFORE));
        Path next = Files.writeString(folder.resolve("next"), "%+d\n".formatted(ahead.toSeconds()));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What lets a process see the moved clock, and the true passing of time. */
    private Map<String, String> moved() throws IOException, InterruptedException {
        Process asked = new ProcessBuilder("faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD").start();
        String library = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(asked.waitFor()).isZero();
        return Map.of(
                "LD_PRELOAD", library.replace("libfaketimeMT", "libfaketime"),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private static void awaitRuns(ResultStore store, int count) {
        await().atMost(LONG).untilAsserted(() -> assertThat(due(store)).hasSize(count));
    }

    /** The times of all runs, the earliest first. */
    private static List<String> due(ResultStore store) {
        return store.history().runs(10).stream()
                .map(RunLine::queuedAt)
                .sorted()
                .map(Instant::toString)
                .toList();
    }
}
