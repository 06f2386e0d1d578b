package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PointsInTimeTest {

    /** The night before clocks go back in Berlin: at two hours before UTC, from three o'clock on at one. */
    private static final Instant NOW = Instant.parse("2026-10-24T20:00:00Z");

    @Test
    void aTimeOfDayIsTheNextOneInTheFarmsZone() throws Exception {
        assertThat(parse("22:30")).isEqualTo("2026-10-24T20:30:00Z");
        assertThat(parse("21:30")).isEqualTo("2026-10-25T20:30:00Z");
    }

    @Test
    void aDateHasTheFarmsZoneUnlessItNamesUtc() throws Exception {
        assertThat(parse("2026-12-24T22:30")).isEqualTo("2026-12-24T21:30:00Z");
        assertThat(parse("2026-12-24T22:30:00Z")).isEqualTo("2026-12-24T22:30:00Z");
    }

    @Test
    void whatHasPassedOrIsNoTimeIsRefused() {
        assertThatThrownBy(() -> parse("2026-10-24T21:59")).hasMessageContaining("it has passed");
        for (String text : new String[] {"25:00", "tomorrow", "", "2026-02-30T10:00", "T", "10:00Z"}) {
            assertThatThrownBy(() -> parse(text)).as(text).hasMessageContaining("expected one such as 22:30");
        }
    }

    private static Instant parse(String text) throws Refusal {
        return PointsInTime.parse(text, NOW, ZoneId.of("Europe/Berlin"));
    }
}
