package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "uml, uml, 0",
        "ulm, uml, 1",
        "um, uml, 1",
        "umll, uml, 1",
        "qemu, uml, 3",
        "kitten, sitting, 3"
    })
    void countsAddedLostChangedAndSwappedLetters(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void isTheOneWithTheFewestDifferences() {
        List<String> known = List.of("distributions", "description", "suites");
        assertThat(Nearest.to("distribution", known)).contains("distributions");
        assertThat(Nearest.to("SUITES", known)).contains("suites");
        assertThat(Nearest.to("descriptoin", known)).contains("description");
    }

    @Test
    void isNoneWhereNothingIsNear() {
        assertThat(Nearest.to("colour", List.of("distributions", "suites"))).isEmpty();
        assertThat(Nearest.to("x".repeat(500), List.of("suites"))).isEmpty();
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }
}
