package muster.orchestrator.engine;

import java.util.List;
import java.util.Optional;
import muster.reports.Confirmation;
import muster.reports.Outcome;
import muster.reports.view.CellView.AttemptLine;
import muster.testsuites.Verdict;

/** What attempts to confirm a new failure say of it. */
final class Judgement {

    private Judgement() {}

    /**
     * Empty while one more attempt is due.
     *
     * @param attempts those of the one case; what has not ended is passed over
     * @param times how often it is to be run again
     * @param retries how many attempts may come to nothing by a failure of the farm's or of the boot's
     */
    static Optional<Confirmation> of(List<AttemptLine> attempts, int times, int retries) {
        int failed = 0;
        int told = 0;
        int nothing = 0;
        for (AttemptLine attempt : attempts) {
            if (attempt.endedAt() == null) {
                continue;
            }
            Outcome outcome = Outcome.ofWord(attempt.state());
            Verdict verdict = attempt.verdict();
            if (outcome == Outcome.CANCELLED) {
                return Optional.of(Confirmation.unconfirmed("cancelled"));
            } else if (outcome.isInfrastructure() || outcome == Outcome.BOOT_FAILED) {
                nothing++;
            } else if (verdict != null) {
                told++;
                failed += verdict.isBad() ? 1 : 0;
            } else if (outcome == Outcome.PASSED || outcome == Outcome.FAILED) {
                return Optional.of(Confirmation.unconfirmed("run-case did not report it"));
            } else {
                told++;
                failed++;
            }
        }
        if (told >= times) {
            return Optional.of(Confirmation.of(failed, told));
        }
        return nothing > retries
                ? Optional.of(Confirmation.unconfirmed("its guests came to nothing"))
                : Optional.empty();
    }
}
