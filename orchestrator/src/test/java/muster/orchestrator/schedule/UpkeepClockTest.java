package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpkeepClockTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void itTellsOftenAndKnowsTheNextTimeOfDayInItsZoneAlsoAcrossTheChangeOfClocks() throws Exception {
        AtomicInteger often = new AtomicInteger();
        UpkeepClock.Times times = new UpkeepClock.Times(LocalTime.of(4, 15), BERLIN, Duration.ofMillis(20));
        try (UpkeepClock clock = UpkeepClock.start("a home", times, () -> {}, often::incrementAndGet)) {
            await().until(() -> often.get() > 2);
            assertThat(clock.next(Instant.parse("2030-03-30T12:00:00Z")))
                    .contains(Instant.parse("2030-03-31T02:15:00Z"));
            assertThat(clock.next(Instant.parse("2030-01-30T02:00:00Z")))
                    .contains(Instant.parse("2030-01-30T03:15:00Z"));
        }
    }

    @Test
    void withoutATimeOfDayThereIsNoNext() throws Exception {
        UpkeepClock.Times times = new UpkeepClock.Times(null, BERLIN, Duration.ofHours(1));
        try (UpkeepClock clock = UpkeepClock.start("another", times, () -> {}, () -> {})) {
            assertThat(clock.next(Instant.EPOCH)).isEmpty();
        }
    }
}
