package muster.reports.view;

import java.time.Instant;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a run in one line: its newest main or retry attempt.
 *
 * @param run the run's number
 * @param step where it stands
 * @param outcome null until it is done
 * @param why a sentence, empty when it passed
 * @param broken cases bad now that the baseline had as anything but bad; a case that is new here is not among them
 * @param mended cases good now that were bad in the baseline
 */
public record CellLine(
        long run,
        CellKey cell,
        Step step,
        @Nullable Outcome outcome,
        String why,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Counts counts,
        int broken,
        int mended) {}
