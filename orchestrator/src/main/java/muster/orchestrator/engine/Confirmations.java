package muster.orchestrator.engine;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.Farm;
import muster.reports.Attempt;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.Outcome;
import muster.reports.view.NewFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the new failures of a cell again before they are called regressions: one after the other, each alone in a fresh guest of
 * the same image, as often as the matrix says. What is due follows from what is stored, so that another process goes on where
 * one ended.
 */
final class Confirmations {

    /** A cell with more new failures than this runs none of them again. */
    static final int MOST = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private final Farm farm;
    private final CellRuns runs;

    Confirmations(Farm farm, CellRuns runs) {
        this.farm = farm;
        this.runs = runs;
    }

    /** The next attempt of a cell whose last one has ended; empty when nothing is to be confirmed any more. */
    Optional<CellRun> after(CellRun ended, Ending ending) {
        Attempt attempt = ended.id();
        boolean confirmed = attempt.kind() == Attempt.Kind.CONFIRM;
        if (!confirmed && !(attempt.kind().standsForCell() && ending.outcome().isBad())) {
            return Optional.empty();
        }
        try {
            if (ending.outcome() == Outcome.CANCELLED) {
                say(attempt.run(), ended.cell(), null, Confirmation.unconfirmed("cancelled"));
                return Optional.empty();
            }
            return due(attempt.run(), ended.cell().whole());
        } catch (IOException broken) {
            LOG.error("cannot confirm what is new in {}", ended, broken);
            return Optional.empty();
        }
    }

    /** Begins the next attempt that is due; empty when there is none. */
    Optional<CellRun> due(long run, Cell cell) throws IOException {
        int times = cell.limits().confirmations();
        Set<String> waived = times == 0 ? Set.of() : farm.results().waived(run, cell.key());
        List<NewFailure> failures = times == 0
                ? List.of()
                : farm.results().store().history().newFailures(run, cell.key(), MOST + 1 + waived.size()).stream()
                        .filter(failure -> !waived.contains(failure.name()))
                        .toList();
        if (failures.stream().anyMatch(failure -> failure.confirmation() == null)) {
            String image =
                    farm.results().store().history().image(run, cell.key()).orElse("");
            String obstacle = obstacle(cell, failures, image);
            if (!obstacle.isEmpty()) {
                say(run, cell, null, Confirmation.unconfirmed(obstacle));
                return Optional.empty();
            }
            for (NewFailure failure : failures) {
                if (failure.confirmation() == null) {
                    Optional<Confirmation> known =
                            Judgement.of(failure.again(), times, cell.limits().retries());
                    if (known.isEmpty()) {
                        return Optional.of(runs.again(cell.only(failure.name()), run, Attempt.Kind.CONFIRM, image));
                    }
                    say(run, cell, failure.name(), known.get());
                }
            }
        }
        farm.board().confirmed(run, cell.key());
        return Optional.empty();
    }

    /** Why none of them can be run again; empty where they can. */
    private String obstacle(Cell cell, List<NewFailure> failures, String image) {
        if (failures.size() > MOST) {
            return "too many";
        }
        if (cell.suite().commands().runCase() == null) {
            return "the suite names no run-case";
        }
        try {
            farm.images().same(image);
            return "";
        } catch (FarmFailed gone) {
            return Objects.requireNonNull(gone.getMessage());
        }
    }

    private void say(long run, Cell cell, @Nullable String name, Confirmation said) {
        farm.results().confirm(run, cell.key(), name, said);
        if (name == null) {
            farm.board().confirmed(run, cell.key());
        }
    }
}
