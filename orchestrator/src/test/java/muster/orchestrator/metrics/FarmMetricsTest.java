package muster.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import muster.orchestrator.run.Board;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarmMetricsTest {

    private static final Instant QUEUED = Instant.parse("2026-03-01T01:00:00Z");
    private final Clock clock = Clock.fixed(QUEUED, ZoneOffset.UTC);
    private final Board board = new Board(clock);
    private final FarmMetrics metrics = new FarmMetrics(board, clock);
    private final Attempt attempt =
            new Attempt(7, 3, CellKey.parse("debian-12:commands:default@uml"), Attempt.Kind.MAIN, 1);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void saysHowLongACellWaitedAndItsGuestBooted() {
        board.queued(attempt, null);
        board.step(attempt, Step.CLONING, QUEUED.plusSeconds(40));
        board.step(attempt, Step.BOOTING, QUEUED.plusSeconds(41));
        board.detail(attempt, "waits for its address");
        board.step(attempt, Step.RUNNING, QUEUED.plusSeconds(44));
        assertThat(metrics.text())
                .contains("muster_cells_wait_seconds_sum 40.0")
                .contains("muster_boots_seconds_sum{driver=\"uml\",result=\"ready\"} 3.0");
    }

    @Test
    void aCellThatIsTakenUpHasNeitherWaitedNorBootedHere() {
        board.queued(attempt, null);
        board.step(attempt, Step.CLONING, QUEUED.minusSeconds(600));
        board.step(attempt, Step.BOOTING, QUEUED.plusSeconds(1));
        board.step(attempt, Step.RUNNING, QUEUED.plusSeconds(2));
        board.ended(attempt, Outcome.PASSED, "", Counts.NONE, QUEUED.plusSeconds(9));
        assertThat(metrics.text())
                .contains("muster_cells_ended_total{outcome=\"passed\"} 1.0")
                .doesNotContain("muster_cells_wait")
                .doesNotContain("muster_boots");
    }
}
