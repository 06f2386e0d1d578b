package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "5m, PT5M", "2h, PT2H", "1h30m, PT1H30M", "1h1m1s, PT1H1M1S", "100m, PT1H40M"})
    void areReadAsPeopleMeanThem(String text, Duration meant) {
        assertThat(Durations.parse(text)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "m",
                "0s",
                "05m",
                "5 m",
                "5M",
                "-5m",
                "30m1h",
                "1.5h",
                "5mm",
                "99999999999h",
                "5m ",
                "\u0665m"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read the duration '" + text + "': expected one such as 90s, 5m or 1h30m");
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Random random = new Random(20250101);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofSeconds(1 + (long) Math.pow(10, random.nextDouble() * 8));
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }

    @Test
    void areWrittenToTheSecond() {
        assertThat(Durations.format(Duration.ofMillis(89_600))).isEqualTo("1m30s");
        assertThat(Durations.format(Duration.ofMillis(499))).isEqualTo("0s");
        assertThat(Durations.format(Duration.ofHours(30).plusSeconds(5))).isEqualTo("30h5s");
    }
}
