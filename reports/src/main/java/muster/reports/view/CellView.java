package muster.reports.view;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.Step;
import org.jspecify.annotations.Nullable;

/**
 * One cell of one run: its newest attempt in full.
 *
 * @param attempts all its attempts, the oldest first, each in a line
 * @param steps when each step began; a step not reached is absent
 * @param cases every case with its verdict, bad ones first, then by name
 * @param baselineRun the run that this one is compared with, or null
 */
public record CellView(
        CellLine line,
        List<AttemptLine> attempts,
        SortedMap<Step, Instant> steps,
        List<GuestRecord> guests,
        List<CaseLine> cases,
        @Nullable Integer exitStatus,
        List<String> notes,
        List<Ending.KeptFile> files,
        SortedMap<String, String> provenance,
        SortedMap<String, String> packages,
        @Nullable Long baselineRun) {

    /** An attempt in one line; its outcome's word, or the step it is at. */
    public record AttemptLine(
            Attempt.Kind kind,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            String state) {}
}
