package muster.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.orchestrator.matrix.Estimate;
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
 * @param shards where each of its shards stands, by their numbers; empty where it has none
 */
public record CellStatus(
        Attempt attempt,
        Step step,
        String detail,
        Instant stepSince,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Estimate expected,
        Counts counts,
        @Nullable Outcome outcome,
        String why,
        String found,
        List<Shard> shards) {

    /** Where a shard stands, and what it does or waits for just now, or empty. */
    public record Shard(String name, Step step, String detail) {}

    CellStatus(Attempt attempt, Instant queuedAt, @Nullable Estimate expected, String found) {
        this(attempt, Step.QUEUED, "", queuedAt, null, null, expected, Counts.NONE, null, "", found, List.of());
    }

    CellStatus sharded(List<Shard> now) {
        return new CellStatus(
                attempt, step, detail, stepSince, startedAt, endedAt, expected, counts, outcome, why, found, now);
    }

    /** How many shards are at which step, e.g. {@code 4 shards: 3 running, 1 done}; empty where it has none. */
    public String shardWords() {
        Map<Step, Long> atStep = shards.stream()
                .collect(Collectors.groupingBy(Shard::step, () -> new EnumMap<>(Step.class), Collectors.counting()));
        return shards.isEmpty()
                ? ""
                : shards.size() + " shards: "
                        + atStep.entrySet().stream()
                                .map(entry ->
                                        entry.getValue() + " " + entry.getKey().word())
                                .collect(Collectors.joining(", "));
    }

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
        Duration rest = expected.usual().minus(elapsed(now));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    CellStatus at(Step next, Instant when) {
        boolean first = startedAt == null && next.compareTo(Step.CLONING) >= 0;
        return new CellStatus(
                attempt, next, "", when, first ? when : startedAt, null, expected, counts, null, "", found, shards);
    }

    CellStatus doing(String what) {
        return new CellStatus(
                attempt, step, what, stepSince, startedAt, endedAt, expected, counts, outcome, why, found, shards);
    }

    CellStatus finding(String words) {
        return new CellStatus(
                attempt, step, detail, stepSince, startedAt, endedAt, expected, counts, outcome, why, words, shards);
    }

    /** {@link #detail}, {@link #shardWords} and {@link #found} together. */
    public String remarks() {
        return Stream.of(detail, shardWords(), found)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    CellStatus counting(Counts read) {
        return new CellStatus(
                attempt, step, detail, stepSince, startedAt, endedAt, expected, read, outcome, why, found, shards);
    }

    CellStatus ended(Outcome how, String because, Instant when) {
        return new CellStatus(
                attempt, Step.DONE, "", when, startedAt, when, expected, counts, how, because, found, shards);
    }
}
