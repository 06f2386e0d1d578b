package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Outlook;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CellLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cell under way, as it goes over the wire.
 *
 * @param run the run's number
 * @param attempt the attempt's, while it is under way or its guest is kept; 0 afterwards
 * @param cell its key
 * @param step where it stands
 * @param detail what it does or waits for, or empty
 * @param startedAt ISO instant, or null while it is queued
 * @param endedAt ISO instant, or null
 * @param expectedSeconds from cloning to done, or null where nothing is known
 * @param verdicts how many cases came to each, by lower-case word
 * @param outcome its word, or null
 * @param why a sentence, or empty
 * @param keptUntil ISO instant until which its guest is kept for a person, or null
 * @param shards its shards while it is under way; empty where it has none
 * @param waits a sentence that says why it has not begun, or empty
 * @param starts between which ISO instants it will likely begin, or null where it has, or nobody can know
 * @param ends between which it will likely have ended, or null where it has, or nobody can know
 */
public record StatusLine(
        long run,
        long attempt,
        String cell,
        String step,
        String detail,
        @Nullable String startedAt,
        @Nullable String endedAt,
        @Nullable Long expectedSeconds,
        SortedMap<String, Integer> verdicts,
        @Nullable String outcome,
        String why,
        @Nullable String keptUntil,
        List<ShardLine> shards,
        String waits,
        Outlook.@Nullable Span starts,
        Outlook.@Nullable Span ends) {

    /** A shard of a cell under way: its name, the step at which it stands, and what it does or waits for, or empty. */
    public record ShardLine(String name, String step, String detail) {}

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** A cell on the board. */
    public static StatusLine of(CellStatus status) {
        StatusLine line = of(
                status.attempt().run(),
                status.cell(),
                status.step(),
                status.startedAt(),
                status.endedAt(),
                status.counts(),
                status.outcome(),
                status.why());
        Estimate expected = status.expected();
        return new StatusLine(
                line.run,
                status.attempt().id(),
                line.cell,
                line.step,
                status.remarks(),
                line.startedAt,
                line.endedAt,
                expected == null ? null : expected.usual().toSeconds(),
                line.verdicts,
                line.outcome,
                line.why,
                null,
                status.shards().stream()
                        .map(shard -> new ShardLine(shard.name(), shard.step().word(), shard.detail()))
                        .toList(),
                "",
                null,
                null);
    }

    /** A cell as the store knows it. */
    public static StatusLine of(CellLine cell) {
        return of(
                cell.run(),
                cell.cell(),
                cell.step(),
                cell.startedAt(),
                cell.endedAt(),
                cell.counts(),
                cell.outcome(),
                cell.why());
    }

    /** The same by its parts. */
    public static StatusLine of(
            long run,
            CellKey cell,
            Step step,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            Counts counts,
            @Nullable Outcome outcome,
            String why) {
        SortedMap<String, Integer> verdicts = new TreeMap<>();
        counts.byVerdict()
                .forEach((verdict, count) -> verdicts.put(verdict.name().toLowerCase(Locale.ROOT), count));
        return new StatusLine(
                run,
                0,
                cell.toString(),
                step.word(),
                "",
                startedAt == null ? null : startedAt.toString(),
                endedAt == null ? null : endedAt.toString(),
                null,
                verdicts,
                outcome == null ? null : outcome.word(),
                why,
                null,
                List.of(),
                "",
                null,
                null);
    }

    /** The same, with a guest that is kept. */
    public StatusLine keptUntil(long ofAttempt, Instant until) {
        return new StatusLine(
                run,
                ofAttempt,
                cell,
                step,
                detail,
                startedAt,
                endedAt,
                expectedSeconds,
                verdicts,
                outcome,
                why,
                until.toString(),
                shards,
                waits,
                starts,
                ends);
    }

    /** The same with what is to come of it. */
    public StatusLine with(Outlook outlook) {
        return new StatusLine(
                run,
                attempt,
                cell,
                step,
                detail,
                startedAt,
                endedAt,
                expectedSeconds,
                verdicts,
                outcome,
                why,
                keptUntil,
                shards,
                outlook.waits(),
                outlook.starts(),
                outlook.ends());
    }

    public static String toJson(List<StatusLine> lines) {
        return JSON.writeValueAsString(lines);
    }

    public static List<StatusLine> ofJson(String json) {
        return JSON.readValue(json, new TypeReference<List<StatusLine>>() {});
    }
}
