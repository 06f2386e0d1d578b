package muster.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import org.jspecify.annotations.Nullable;

/**
 * Where a cell stands at a moment.
 *
 * @param attempt the attempt under way
 * @param step the step it is at
 * @param detail what it does or waits for just now, a few words, or empty
 * @param stepSince when the step began
 * @param startedAt when its clone was made, or null while it is queued
 * @param endedAt when it was done, or null
 * @param expected how long it is expected to take from cloning to done, or null where nothing is known
 * @param counts verdicts read so far
 * @param outcome null until it is done
 * @param why a sentence, empty when it passed or has not ended
 * @param found what was found on the guest's console, a few words, or empty
 */
public record CellStatus(
        Attempt attempt,
        Step step,
        String detail,
        Instant stepSince,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration expected,
        Counts counts,
        @Nullable Outcome outcome,
        String why,
        String found) {

    public CellKey cell() {
        return attempt.cell();
    }

    /** The cell, and what of it is run again. */
    public String label() {
        String kind = attempt.kind().standsForCell() ? "" : " " + attempt.kind().word();
        return cell() + kind + (attempt.onlyCase() == null ? "" : " " + attempt.onlyCase());
    }

    /** Since its clone was made, until now or its end; zero while it is queued. */
    public Duration elapsed(Instant now) {
        if (startedAt == null) {
            return Duration.ZERO;
        }
        return Duration.between(startedAt, endedAt == null ? now : endedAt);
    }

    /** How long it will still take as far as is known, never less than nothing; null where nothing is known. */
    public @Nullable Duration remaining(Instant now) {
        if (expected == null || outcome != null) {
            return null;
        }
        Duration rest = expected.minus(elapsed(now));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    CellStatus at(Step next, Instant when) {
        boolean first = startedAt == null && next.compareTo(Step.CLONING) >= 0;
        return new CellStatus(
                attempt, next, "", when, first ? when : startedAt, null, expected, counts, null, "", found);
    }

    CellStatus doing(String what) {
        return new CellStatus(
                attempt, step, what, stepSince, startedAt, endedAt, expected, counts, outcome, why, found);
    }

    CellStatus finding(String words) {
        return new CellStatus(
                attempt, step, detail, stepSince, startedAt, endedAt, expected, counts, outcome, why, words);
    }

    /** {@link #detail} and {@link #found} together. */
    public String remarks() {
        return detail.isEmpty() || found.isEmpty() ? detail + found : detail + "; " + found;
    }

    CellStatus counting(Counts read) {
        return new CellStatus(
                attempt, step, detail, stepSince, startedAt, endedAt, expected, read, outcome, why, found);
    }

    CellStatus ended(Outcome how, String because, Instant when) {
        return new CellStatus(attempt, Step.DONE, "", when, startedAt, when, expected, counts, how, because, found);
    }
}
