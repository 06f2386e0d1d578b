package muster.reports.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.Waivers;
import muster.reports.view.CellLine;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** One cell of a run as other programs are told of it: what its cases came to, what people say of them, and it itself. */
final class ToldCell {

    private final CellLine line;
    private final @Nullable Attempt attempt;
    private final Waived waived;
    private final SortedMap<String, Resolution> decided;

    private ToldCell(CellLine line, @Nullable Attempt attempt, Waived waived, SortedMap<String, Resolution> decided) {
        this.line = line;
        this.attempt = attempt;
        this.waived = waived;
        this.decided = decided;
    }

    /** Writes a cell. */
    @FunctionalInterface
    interface Content {
        void write(ToldCell cell, java.io.Writer out) throws IOException;
    }

    /** Takes a case. */
    @FunctionalInterface
    interface Each {
        void take(CaseResult result) throws IOException;
    }

    /**
     * Writes a file for each cell of a run.
     *
     * @param zone that in which the days of waivers begin
     * @param name of a cell's file
     * @return the files
     */
    static List<Path> writeAll(
            History history, Waivers waivers, long run, ZoneId zone, Function<CellKey, Path> name, Content content)
            throws IOException {
        SortedMap<CellKey, Waived> waived = waivers.of(run, zone);
        SortedMap<CellKey, SortedMap<String, Resolution>> decided = waivers.decided(run);
        Map<CellKey, Attempt> shown = Shown.of(history, run);
        List<Path> files = new ArrayList<>();
        for (CellLine line : history.cells(run)) {
            CellKey key = line.cell();
            ToldCell cell = new ToldCell(
                    line,
                    shown.get(key),
                    waived.getOrDefault(key, Waived.NOTHING),
                    decided.getOrDefault(key, Collections.emptySortedMap()));
            Path file = name.apply(key);
            WholeFile.write(file, out -> content.write(cell, out));
            files.add(file);
        }
        return files;
    }

    CellLine line() {
        return line;
    }

    /** All cases of its newest main or retry attempt, in the journal's order; none where it has none. */
    void cases(History history, Each each) throws IOException {
        if (attempt == null) {
            return;
        }
        try {
            history.cases(attempt, result -> {
                try {
                    each.take(result);
                } catch (IOException unwritten) {
                    throw new UncheckedIOException(unwritten);
                }
            });
        } catch (UncheckedIOException unwritten) {
            throw unwritten.getCause();
        }
    }

    @Nullable
    RecordedWaiver waiver(CaseResult result) {
        return waived.by(result.name());
    }

    /** What a person decided of it. */
    @Nullable
    Resolution decision(CaseResult result) {
        return decided.get(result.name());
    }

    /** What it came to: what a person decided where one did. */
    Verdict verdict(CaseResult result) {
        Resolution decision = decision(result);
        return decision == null ? result.verdict() : decision.decision();
    }

    /** Whether people have said something of its cases, so that its counts are not those of its attempt. */
    boolean isJudged() {
        return attempt != null && (waived.count() > 0 || !decided.isEmpty());
    }

    /** Whether the attempt is bad, or has no end, and none of its cases says so. */
    boolean isToldItself() {
        return switch (line.outcome()) {
            case PASSED -> false;
            case FAILED ->
                line.counts().bad() == 0
                        && decided.values().stream().noneMatch(each -> each.decision() == Verdict.FAIL);
            case null, default -> true;
        };
    }

    /** How the attempt ended, or where it is. */
    String word() {
        Outcome outcome = line.outcome();
        return outcome == null ? line.step().word() : outcome.word();
    }

    /** Why, where it {@link #isToldItself}. */
    String why() {
        return line.why().isEmpty() ? word() : line.why();
    }

    /** What is said of a case; where it said nothing, what its verdict means. */
    static String said(CaseResult result) {
        if (!result.message().isEmpty()) {
            return result.message();
        }
        return switch (result.verdict()) {
            case UNINITIATED -> "it was to run and never started";
            case NORESULT -> "it started and was never reported";
            case MISSING -> "the baseline has it, and it was not reported";
            case FIP -> "further information is provided: a person decides";
            default -> "";
        };
    }

    static String words(RecordedWaiver waiver) {
        return "waived by " + waiver.waiver().owner() + ": " + waiver.waiver().reason();
    }

    static String words(Resolution decision) {
        return decision.author() + " decided " + decision.decision() + ": " + decision.reason();
    }
}
