package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import muster.reports.Attempt.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who shares the file's database may be interrupted while it writes, as the clock of schedules is when it ends. */
class H2InterruptTest {

    @TempDir
    Path folder;

    @Test
    void aWriterThatIsInterruptedBreaksNobodysDatabase() throws Exception {
        try (JdbiResultStore store = JdbiResultStore.open(folder, Clock.systemUTC())) {
            long run = store.queue(Samples.run(CELL));
            try (Connection other = DriverManager.getConnection(
                            JdbiResultStore.address(folder).url());
                    Statement statement = other.createStatement()) {
                Thread.currentThread().interrupt();
                statement.execute("INSERT INTO qrtz_paused_trigger_grps VALUES ('muster', 'nightly')");
            } finally {
                Thread.interrupted();
            }
            assertThat(store.begin(run, CELL, Kind.MAIN, Samples.MIDNIGHT).run())
                    .isEqualTo(run);
        }
    }
}
