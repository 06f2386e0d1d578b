package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import muster.reports.Attempt;
import muster.reports.Step;
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
