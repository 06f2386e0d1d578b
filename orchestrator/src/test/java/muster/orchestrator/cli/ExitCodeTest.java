package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import muster.reports.Outcome;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void allPassedIsGood() {
        assertThat(ExitCode.of(List.of(Outcome.PASSED, Outcome.PASSED))).isEqualTo(ExitCode.GOOD);
    }

    @Test
    void theDistributionsFailureGoesBeforeTheFarms() {
        assertThat(ExitCode.of(List.of(Outcome.LOST, Outcome.BOOT_FAILED, Outcome.PASSED)))
                .isEqualTo(ExitCode.BAD);
    }

    @Test
    void theFarmsFailureIsNotTheDistributions() {
        for (Outcome outcome : List.of(Outcome.REFUSED, Outcome.LOST, Outcome.FENCED)) {
            assertThat(ExitCode.of(List.of(outcome, Outcome.PASSED))).isEqualTo(ExitCode.INFRASTRUCTURE);
        }
    }

    @Test
    void cancelledGoesBeforeAll() {
        assertThat(ExitCode.of(List.of(Outcome.FAILED, Outcome.CANCELLED))).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void aCellWithoutAnEndIsTheFarmsFailure() {
        assertThat(ExitCode.of(Arrays.asList(Outcome.PASSED, null))).isEqualTo(ExitCode.INFRASTRUCTURE);
    }

    @Test
    void nothingRanIsNotGood() {
        assertThat(ExitCode.of(List.of())).isEqualTo(ExitCode.NOTHING_RAN);
    }
}
