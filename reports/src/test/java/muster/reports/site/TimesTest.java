package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    private final Times times = new Times(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "340,340 ms",
        "4290,4.2 s",
        "37800,37 s",
        "60000,1 min",
        "252000,4 min 12 s",
        "7500000,2 h 5 min",
        "93600000,1 d 2 h",
        "-5,0 s"
    })
    void durationsForPeople(long millis, String words) {
        assertThat(times.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @Test
    void instantsAreShownInTheFarmsZoneAndInUtc() {
        Instant instant = Instant.parse("2026-08-03T23:30:12Z");
        assertThat(times.minute(instant)).isEqualTo("Tue 4 Aug 2026, 01:30");
        assertThat(times.utc(instant)).isEqualTo("2026-08-03 23:30:12 UTC");
        assertThat(times.zone()).contains("Europe/Berlin");
    }
}
