package muster.orchestrator.run;

import java.time.ZoneId;
import java.util.List;
import muster.orchestrator.config.Expectation;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.RecordedWaiver.Standing;
import muster.reports.Waivers;

/**
 * Which failures are expected, and which ones people accept.
 *
 * @param expectations that hold for every attempt of this process
 * @param waivers asked anew at the end of each attempt, as of the date of its run
 * @param zone that in which days begin
 */
public record Acceptance(List<Expectation> expectations, Waivers waivers, ZoneId zone) {

    /** What is to be made of the results of one attempt. */
    Accepted of(Cell cell, Attempt attempt) {
        String version = cell.suite().version();
        Waivers.AsOf then = waivers.asOf(attempt.run());
        return new Accepted(
                expectations.stream()
                        .filter(each -> each.scope().holdsFor(cell.key(), version))
                        .toList(),
                then.waivers().stream()
                        .filter(each -> each.waiver().scope().holdsFor(cell.key(), version))
                        .filter(each -> each.stands(then.at(), zone) == Standing.HOLDS)
                        .toList(),
                then.waivers().stream()
                        .filter(each -> each.waiver().scope().holdsFor(cell.key(), version))
                        .filter(each -> each.stands(then.at(), zone) == Standing.EXPIRED)
                        .toList());
    }
}
