package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.ResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks may be interrupted: it is answered, and is interrupted still. */
class UninterruptedStoreTest {

    @TempDir
    Path folder;

    @Test
    void whoIsInterruptedIsAnsweredAndStillInterrupted() throws Exception {
        try (ResultStore store = UninterruptedStore.of(JdbiResultStore.open(folder, Clock.systemUTC()))) {
            Thread.currentThread().interrupt();
            long run = store.queue(Samples.run(CELL));
            assertThat(Thread.interrupted()).as("after a write").isTrue();
            Thread.currentThread().interrupt();
            assertThat(store.history().cells(run)).hasSize(1);
            assertThat(Thread.interrupted()).as("after a question").isTrue();
            assertThat(store.begin(run, CELL, Kind.MAIN, Samples.MIDNIGHT).run())
                    .isEqualTo(run);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void noInterruptReachesWhatIsAsked() throws Exception {
        AtomicBoolean reached = new AtomicBoolean();
        try (ResultStore store = UninterruptedStore.of(JdbiResultStore.open(folder, Clock.systemUTC()))) {
            long run = store.queue(Samples.run(CELL));
            Attempt attempt = store.begin(run, CELL, Kind.MAIN, Samples.MIDNIGHT);
            Thread.currentThread().interrupt();
            store.finish(
                    attempt,
                    sink -> reached.set(Thread.currentThread().isInterrupted()),
                    read -> Samples.ending(Outcome.PASSED, true));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(reached).isFalse();
    }

    @Test
    void whatIsRefusedIsRefusedInTheSameWords() throws Exception {
        try (ResultStore store = UninterruptedStore.of(JdbiResultStore.open(folder, Clock.systemUTC()))) {
            assertThatThrownBy(() -> store.waivers()
                            .withdraw(7, new RecordedWaiver.Withdrawal("Ada", Samples.MIDNIGHT, "mended")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cannot ");
        }
    }
}
