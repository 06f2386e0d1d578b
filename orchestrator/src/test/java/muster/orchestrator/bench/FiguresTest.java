package muster.orchestrator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(new Figures("time", "s", List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(new Figures("time", "s", List.of(9.0, 1.0, 2.0, 4.0)).median())
                .isEqualTo(3.0);
    }

    @Test
    void aLineTellsMedianSpreadAndHowOften() {
        assertThat(new Figures("time", "s", List.of(3.456, 3.0, 12.34)).line())
                .isEqualTo("time: median 3.46 s (3 to 12.3, n=3)");
        assertThat(new Figures("ratio", "", List.of(0.1234, 0.5)).line())
                .isEqualTo("ratio: median 0.312 (0.123 to 0.500, n=2)");
    }

    @Test
    void whatWasMeasuredOnceHasNoSpread() {
        assertThat(Figures.once("memory", "MiB", 512).line()).isEqualTo("memory: 512 MiB");
        assertThat(Figures.once("memory", "MiB", 123.4).line()).isEqualTo("memory: 123 MiB");
    }

    @Test
    void aTargetIsHeldByTheMedian() {
        Figures figures = new Figures("time", "s", List.of(1.0, 2.0, 9.0));
        assertThat(figures.holds()).isTrue();
        assertThat(figures.atMost(2.0).line()).isEqualTo("time: median 2 s (1 to 9, n=3); target at most 2: holds");
        assertThat(figures.atMost(1.5).holds()).isFalse();
        assertThat(figures.atMost(1.5).line()).endsWith("; target at most 1.50: missed");
    }

    @Test
    void whatWasNotMeasuredIsNoFigure() {
        assertThatThrownBy(() -> new Figures("time", "s", List.of())).hasMessageStartingWith("cannot tell 'time'");
    }

    @Test
    void aReportTellsPeopleAndProgramsTheSame() {
        BenchReport report = new BenchReport(
                "ready",
                new LinkedHashMap<>(Map.of("driver", "uml")),
                List.of(new Figures("time", "s", List.of(2.0, 4.5)), Figures.once("share", "", 0.5)));
        assertThat(report.text().lines())
                .containsExactly("ready (driver uml)", "  time: median 3.25 s (2 to 4.50, n=2)", "  share: 0.500");
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.get("bench").asString()).isEqualTo("ready");
        assertThat(json.get("setting").get("driver").asString()).isEqualTo("uml");
        JsonNode time = json.get("figures").get(0);
        assertThat(time.get("median").asDouble()).isEqualTo(3.25);
        assertThat(time.get("min").asDouble()).isEqualTo(2.0);
        assertThat(time.get("max").asDouble()).isEqualTo(4.5);
        assertThat(time.get("n").asInt()).isEqualTo(2);
        assertThat(time.get("values").get(1).asDouble()).isEqualTo(4.5);
    }
}
