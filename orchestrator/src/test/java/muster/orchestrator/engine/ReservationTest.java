package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import muster.orchestrator.config.FarmConfig.Budget;
import muster.orchestrator.engine.Reservation.Running;
import muster.orchestrator.run.Capacity.Need;
import org.junit.jupiter.api.Test;

class ReservationTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final long MB = 1 << 20;

    /** 100 MB of which two guests have 70: one for ten minutes more, one for an hour. */
    private final Reservation reserved = Reservation.of(
            need(60, 600),
            List.of(
                    new Running(need(40, 1_200), NOON.minusSeconds(600)),
                    new Running(need(30, 3_600), NOON.minusSeconds(0))),
            new Budget(30 * MB, 8),
            NOON);

    @Test
    void roomIsKeptFromTheTimeAtWhichEnoughWillBeFree() {
        assertThat(reserved.from()).isEqualTo(NOON.plusSeconds(600));
        assertThat(reserved.beside().memoryBytes()).isEqualTo(10 * MB);
    }

    @Test
    void whatEndsBeforePassesAndWhatLeavesRoomBesidePasses() {
        assertThat(reserved.allows(need(30, 500), NOON)).isTrue();
        assertThat(reserved.allows(need(10, 9_000), NOON)).isTrue();
        assertThat(reserved.allows(need(30, 700), NOON)).isFalse();
        assertThat(reserved.allows(need(30, Double.POSITIVE_INFINITY), NOON))
                .as("nobody knows when it ends")
                .isFalse();
    }

    @Test
    void whoseTimeIsUpTakesATenthMoreAndOfWhomNothingIsKnownAsLongAgain() {
        Instant since = NOON.minus(Duration.ofHours(1));
        assertThat(new Running(need(1, 1_800), since).end(NOON)).isEqualTo(NOON.plusSeconds(360));
        assertThat(new Running(need(1, Double.POSITIVE_INFINITY), since).end(NOON))
                .isEqualTo(NOON.plusSeconds(3_600));
        assertThat(new Running(need(1, 7_200), since).end(NOON)).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void oneWithMuchMemoryIsNotPassedForEver() throws InterruptedException {
        Admission admission =
                new Admission(100 * MB, 8, 1).reserving(java.time.Clock.fixed(NOON, java.time.ZoneOffset.UTC));
        admission.enter(need(60, 600), waits -> {});
        Thread big = Thread.ofVirtual().start(() -> enter(admission, need(80, 1_000)));
        Thread small = Thread.ofVirtual().start(() -> {
            awaitStuck(admission, 1);
            enter(admission, need(40, 900));
        });
        awaitStuck(admission, 2);
        assertThat(big.isAlive()).isTrue();
        assertThat(small.isAlive())
                .as("it would make the bigger one wait longer")
                .isTrue();
        admission.enter(need(40, 60), waits -> {});
        big.interrupt();
        small.interrupt();
    }

    private static void awaitStuck(Admission admission, int waiting) {
        while (admission.stuck() != waiting) {
            Thread.onSpinWait();
        }
    }

    private static void enter(Admission admission, Need need) {
        try {
            admission.enter(need, waits -> {});
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Need need(int megabytes, double seconds) {
        return new Need("one of " + megabytes + " MB for " + seconds, megabytes * MB, 1, seconds);
    }
}
