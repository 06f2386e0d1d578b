package muster.orchestrator.cli;

import java.util.Collection;
import java.util.Objects;
import muster.reports.Outcome;
import org.jspecify.annotations.Nullable;

/** What the command's exit status says. Where several hold: interrupted, usage, bad, infrastructure, nothing ran. */
final class ExitCode {

    static final int GOOD = 0;
    static final int BAD = 1;
    static final int USAGE = 2;
    static final int INFRASTRUCTURE = 3;
    static final int NOTHING_RAN = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** For a run whose cells came to these outcomes; null stands for a cell without an end. */
    static int of(Collection<? extends @Nullable Outcome> outcomes) {
        if (outcomes.contains(Outcome.CANCELLED)) {
            return INTERRUPTED;
        }
        if (outcomes.stream().filter(Objects::nonNull).anyMatch(Outcome::isBad)) {
            return BAD;
        }
        if (outcomes.stream().anyMatch(outcome -> outcome == null || outcome.isInfrastructure())) {
            return INFRASTRUCTURE;
        }
        return outcomes.isEmpty() ? NOTHING_RAN : GOOD;
    }
}
