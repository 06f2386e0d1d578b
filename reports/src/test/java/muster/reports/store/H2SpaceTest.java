package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            for (int night = 0; night < 200; night++) {
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
        assertThat(most).isBetween(32L << 20, 48L << 20);
    }
}
