package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import muster.orchestrator.web.ScheduleLine.LeftOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOutsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theNewestOfEachMatrixAreToldForAWhile() throws Exception {
        LeftOuts leftOuts = new LeftOuts(folder.resolve("timetable"));
        for (int day = 6; day >= 0; day--) {
            leftOuts.add("night", leftOut(day));
        }
        leftOuts.add("other", leftOut(1));
        List<LeftOut> lastFive =
                IntStream.range(0, 5).mapToObj(LeftOutsTest::leftOut).toList();
        assertThat(leftOuts.of("night", NOW)).isEqualTo(lastFive);
        assertThat(new LeftOuts(folder.resolve("timetable")).of("night", NOW)).isEqualTo(lastFive);
        assertThat(leftOuts.of("night", NOW.plus(Duration.ofDays(28)))).isEqualTo(lastFive.subList(0, 2));
        assertThat(leftOuts.of("third", NOW)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsBegunAnew() throws Exception {
        Files.writeString(folder.resolve("left-out.json"), "{ \"night\": [");
        LeftOuts leftOuts = new LeftOuts(folder);
        assertThat(leftOuts.of("night", NOW)).isEmpty();
        leftOuts.add("night", leftOut(0));
        assertThat(leftOuts.of("night", NOW)).containsExactly(leftOut(0));
    }

    private static LeftOut leftOut(int daysAgo) {
        return new LeftOut(NOW.minus(Duration.ofDays(daysAgo)), "for a reason");
    }
}
