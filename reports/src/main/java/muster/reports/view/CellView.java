package muster.reports.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One cell of one run: its newest attempt in full.
 *
 * @param attempts all its attempts, the oldest first, each in a line
 * @param steps when each step began; a step not reached is absent
 * @param cases every case with its verdict, bad ones first, then by name
 * @param baselineRun the run that this one is compared with, or null
 * @param confirmations what became of new failures that were to be run again, by name; by the empty name of all others
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
        @Nullable Long baselineRun,
        Map<String, Confirmation> confirmations) {

    /** One of which nothing was run again. */
    public CellView(
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
        this(
                line,
                attempts,
                steps,
                guests,
                cases,
                exitStatus,
                notes,
                files,
                provenance,
                packages,
                baselineRun,
                Map.of());
    }

    /** What became of a new failure when it was to be run again, or null. */
    public @Nullable Confirmation confirmation(CaseLine line) {
        Verdict before = line.before();
        if (before == null || !NewFailure.isPassed(before) || !line.verdict().isBad()) {
            return null;
        }
        return confirmations.getOrDefault(line.name(), confirmations.get(""));
    }

    /**
     * An attempt in one line.
     *
     * @param state its outcome's word, or the step it is at
     * @param onlyCase the one case that it ran, or null for the whole suite
     * @param verdict what that case came to, or null where it was not reported
     */
    public record AttemptLine(
            Attempt.Kind kind,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            String state,
            @Nullable String onlyCase,
            @Nullable Verdict verdict) {

        /** Of the whole suite. */
        public AttemptLine(Attempt.Kind kind, @Nullable Instant startedAt, @Nullable Instant endedAt, String state) {
            this(kind, startedAt, endedAt, state, null, null);
        }
    }
}
