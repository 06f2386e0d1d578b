package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Step;
import muster.testsuites.CaseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SpaceTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatIsNeverClosedDoesNotGrowWithEachCommit() throws IOException {
        long most = 0;
        try (JdbiResultStore store = JdbiResultStore.open(folder, Clock.systemUTC())) {
            for (int night = 0; night < 640; night++) {
                long run = store.queue(Samples.run(CELL));
                Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, Samples.MIDNIGHT);
                for (Step step : Step.values()) {
                    store.step(attempt, step, Samples.MIDNIGHT);
                }
                Samples.complete(store, attempt, Samples.pass("a"));
                store.close(run, Samples.MIDNIGHT);
                most = Math.max(most, Files.size(folder.resolve("results.mv.db")));
            }
        }
        assertThat(most).isBetween(64L << 20, 80L << 20);
    }

    @Test
    void aFileThatIsClosedHasLittleLeftBehind() throws IOException {
        Path file = folder.resolve("results.mv.db");
        JdbiResultStore store = JdbiResultStore.open(folder, Clock.systemUTC());
        List<CaseResult> many = IntStream.range(0, 30_000)
                .mapToObj(number -> Samples.pass("case " + number))
                .toList();
        for (int lane = 0; lane < 16; lane++) {
            CellKey cell = CellKey.parse("debian-13:commands:variant-" + lane + "@uml");
            Attempt attempt = store.begin(store.queue(Samples.run(cell)), cell, Attempt.Kind.MAIN, Samples.MIDNIGHT);
            Samples.complete(store, attempt, many);
        }
        store.close();
        H2Space.pack(file);
        long least = Files.size(file);
        assertThat(least).isGreaterThan(12L << 20);
        store = JdbiResultStore.open(folder, Clock.systemUTC());
        Attempt attempt = store.begin(store.queue(Samples.run(CELL)), CELL, Attempt.Kind.MAIN, Samples.MIDNIGHT);
        while (Files.size(file) < least * 8 / 5 + (4L << 20)) {
            store.step(attempt, Step.BOOTING, Samples.MIDNIGHT);
        }
        store.close();
        assertThat(Files.size(file)).isLessThan(least * 5 / 4 + (4L << 20));
    }

    @Test
    void aFileThatAnotherHasOpenIsClosedAsItIs() throws Exception {
        JdbiResultStore store = JdbiResultStore.open(folder, Clock.systemUTC());
        DatabaseAddress address = JdbiResultStore.address(folder);
        long run = store.queue(Samples.run(CELL));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, Samples.MIDNIGHT);
        try (Connection other = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            for (int commit = 0; commit < 400; commit++) {
                store.step(attempt, Step.BOOTING, Samples.MIDNIGHT);
            }
            assertThat(Files.size(folder.resolve("results.mv.db"))).isGreaterThan(8L << 20);
            store.close();
            assertThat(other.isValid(1)).isTrue();
        }
        try (JdbiResultStore again = JdbiResultStore.open(folder, Clock.systemUTC())) {
            assertThat(again.openAttempts()).containsExactly(attempt);
        }
    }
}
