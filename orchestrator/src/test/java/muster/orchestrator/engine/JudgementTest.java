package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import muster.reports.Attempt;
import muster.reports.Confirmation;
import muster.reports.Outcome;
import muster.reports.view.CellView.AttemptLine;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private final List<AttemptLine> attempts = new ArrayList<>();

    private JudgementTest with(Outcome outcome, @Nullable Verdict verdict) {
        attempts.add(new AttemptLine(
                Attempt.Kind.CONFIRM, Instant.EPOCH, Instant.EPOCH.plusSeconds(5), outcome.word(), "a", verdict));
        return this;
    }

    @Test
    void whatFailsEveryTimeIsARegression() {
        assertThat(Judgement.of(attempts, 2, 0)).isEmpty();
        with(Outcome.FAILED, Verdict.FAIL);
        assertThat(Judgement.of(attempts, 2, 0)).isEmpty();
        with(Outcome.FAILED, Verdict.UNRESOLVED);
        assertThat(Judgement.of(attempts, 2, 0)).contains(Confirmation.of(2, 2));
        assertThat(Confirmation.of(2, 2).words()).isEqualTo("regression: failed 2 of 2 times again");
    }

    @Test
    void whatPassesOnceIsFlaky() {
        with(Outcome.FAILED, Verdict.FAIL).with(Outcome.PASSED, Verdict.PASS);
        assertThat(Judgement.of(attempts, 2, 0).orElseThrow().words()).isEqualTo("flaky: failed 1 of 2 times again");
    }

    @Test
    void aCaseThatTakesItsGuestAlongHasFailed() {
        with(Outcome.PANICKED, null).with(Outcome.TIMED_OUT, null).with(Outcome.SILENT, null);
        assertThat(Judgement.of(attempts, 3, 0)).contains(Confirmation.of(3, 3));
    }

    @Test
    void whatRunCaseDoesNotReportIsNoAnswer() {
        with(Outcome.FAILED, null);
        assertThat(Judgement.of(attempts, 2, 0)).contains(Confirmation.unconfirmed("run-case did not report it"));
    }

    @Test
    void aFailureOfTheFarmsIsNoAnswerAndMayBeTriedAgain() {
        with(Outcome.LOST, null).with(Outcome.FAILED, Verdict.FAIL);
        assertThat(Judgement.of(attempts, 2, 1)).isEmpty();
        with(Outcome.FAILED, Verdict.FAIL);
        assertThat(Judgement.of(attempts, 2, 1)).contains(Confirmation.of(2, 2));
        attempts.clear();
        with(Outcome.BOOT_FAILED, null).with(Outcome.REFUSED, null);
        assertThat(Judgement.of(attempts, 2, 1)).contains(Confirmation.unconfirmed("its guests came to nothing"));
    }

    @Test
    void anAttemptUnderWayIsPassedOver() {
        attempts.add(new AttemptLine(Attempt.Kind.CONFIRM, Instant.EPOCH, null, "booting", "a", null));
        assertThat(Judgement.of(attempts, 1, 0)).isEmpty();
        with(Outcome.CANCELLED, null);
        assertThat(Judgement.of(attempts, 1, 0)).contains(Confirmation.unconfirmed("cancelled"));
    }
}
