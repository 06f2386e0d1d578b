package muster.reports;

import java.time.Instant;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A case of a lane whose newest verdict is FIP: further information is provided, and a person decides.
 *
 * @param sinceRun the run with which this streak of FIP began; when it begins anew, it is to be decided anew
 * @param message what the journal says
 * @param resolution what was decided, or null: it is open
 */
public record FurtherInformation(
        CellKey lane,
        String name,
        long sinceRun,
        String message,
        @Nullable Resolution resolution) {

    /**
     * What a person decided.
     *
     * @param decision PASS or FAIL
     */
    public record Resolution(Verdict decision, String reason, String author, Instant at) {

        public Resolution {
            if (decision != Verdict.PASS && decision != Verdict.FAIL) {
                throw new IllegalArgumentException("cannot resolve to " + decision + ": it is PASS or FAIL");
            }
            if (reason.isBlank() || author.isBlank()) {
                throw new IllegalArgumentException("cannot resolve: a resolution has a reason and a name under it");
            }
        }
    }
}
