package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"4K, 4096", "512M, 536870912", "3G, 3221225472", "1T, 1099511627776", "999999T, 1099510528264372224"})
    void areReadInBinaryUnits(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "M", "0M", "512m", "512MB", "512MiB", "1.5G", "-1G", "1000000T", " 1G"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Sizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read the size '" + text + "': expected one such as 512M or 3G");
    }

    @Test
    void whatIsWrittenOfWholeUnitsIsReadAsTheSame() {
        Random random = new Random(20250102);
        for (int i = 0; i < 10_000; i++) {
            long bytes = Sizes.parse((1 + random.nextInt(1023)) + "" + "KMGT".charAt(random.nextInt(4)));
            assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void areWrittenInTheGreatestUnitToATenth() {
        assertThat(Sizes.format(0)).isEqualTo("0B");
        assertThat(Sizes.format(1023)).isEqualTo("1023B");
        assertThat(Sizes.format(1536L << 20)).isEqualTo("1.5G");
        assertThat(Sizes.format(224_000_000)).isEqualTo("213.6M");
    }
}
