package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Place;
import muster.orchestrator.config.Text;
import muster.orchestrator.matrix.Schedule;
import org.junit.jupiter.api.Test;

class CronTest {

    @Test
    void aNightKeepsItsHourOverTheChangeOfClocks() throws ConfigError {
        assertThat(next("0 30 1 * * ?", "2026-10-24T12:00:00Z", 3))
                .map(Instant::toString)
                .containsExactly("2026-10-24T23:30:00Z", "2026-10-26T00:30:00Z", "2026-10-27T00:30:00Z");
        assertThat(next("0 30 1 * * ?", "2027-03-26T12:00:00Z", 3))
                .map(Instant::toString)
                .containsExactly("2027-03-27T00:30:00Z", "2027-03-28T00:30:00Z", "2027-03-28T23:30:00Z");
    }

    @Test
    void anHourThatComesTwiceIsDueOnceAndATimeThatIsLeftOutIsNotDueThatNight() throws ConfigError {
        assertThat(next("0 30 2 * * ?", "2026-10-24T12:00:00Z", 2))
                .map(Instant::toString)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo("2026-10-26T01:30:00Z");
        assertThat(next("0 30 2 * * ?", "2027-03-27T12:00:00Z", 2))
                .map(Instant::toString)
                .containsExactly("2027-03-29T00:30:00Z", "2027-03-30T00:30:00Z");
    }

    @Test
    void whatIsNoExpressionIsToldWithItsPlace() {
        assertThatThrownBy(() -> next("0 61 1 * * ?", "2026-10-24T12:00:00Z", 1))
                .isInstanceOf(ConfigError.class)
                .hasMessageStartingWith("nightly.yaml:3:11: cannot read the cron expression '0 61 1 * * ?': ");
        assertThatThrownBy(() -> next("0 99 1 * * ?", "2026-10-24T12:00:00Z", 1))
                .hasMessageContaining("no field of the cron expression '0 99 1 * * ?' has a 98 or 99");
        assertThatThrownBy(() -> next("0 0 1 1 1 ? 2020", "2026-10-24T12:00:00Z", 1))
                .hasMessageContaining("never due again");
    }

    private static List<Instant> next(String cron, String after, int count) throws ConfigError {
        Schedule schedule = new Schedule(
                new Text(cron, new Place("nightly.yaml", 3, 11)),
                ZoneId.of("Europe/Berlin"),
                Schedule.Missed.RUN_ONCE,
                Schedule.Unfinished.SKIP,
                null);
        return Cron.next(schedule, Instant.parse(after), count);
    }
}
