package muster.reports.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import muster.reports.Attempt;
import muster.reports.Outcome;
import muster.reports.Retention.Rules;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which attempts no rule keeps. */
final class RetentionQuery {

    private RetentionQuery() {}

    /** An attempt that has ended and of which files are there. */
    record Candidate(
            Attempt attempt,
            Outcome outcome,
            Instant endedAt,
            boolean bad,
            boolean pinned,
            boolean shown,
            long lane,
            boolean inLane,
            @Nullable Long baseline) {

        long id() {
            return attempt.id();
        }
    }

    /** In the order of their runs. */
    static List<Candidate> going(Handle handle, Rules rules, Instant now) {
        List<Candidate> all = candidates(handle);
        Set<Long> kept = new HashSet<>(waiting(handle));
        Set<Long> newest = newest(handle);
        kept.addAll(newest);
        Map<Long, Long> lanes = oldestOfNewest(handle, rules.runs());
        Instant young = now.minus(Duration.ofDays(rules.days()));
        Instant youngFailed = now.minus(Duration.ofDays(rules.failedDays()));
        Set<Long> baselines = new HashSet<>();
        for (Candidate each : all) {
            boolean important = kept.contains(each.id())
                    || each.pinned()
                    || (each.bad() && each.endedAt().isAfter(youngFailed));
            Long baseline = each.baseline();
            if (important && baseline != null) {
                baselines.add(baseline);
            }
            Long oldest = lanes.get(each.lane());
            boolean counted = each.inLane() && oldest != null && each.attempt().run() >= oldest;
            if (important || counted || each.endedAt().isAfter(young)) {
                kept.add(each.id());
            }
        }
        return all.stream()
                .filter(each -> !kept.contains(each.id()) && !baselines.contains(each.id()))
                .toList();
    }

    private static List<Candidate> candidates(Handle handle) {
        return handle.createQuery("SELECT a.id, c.run, l.distribution, s.name AS suite, l.variant, l.driver, a.kind, "
                        + "a.token, a.only_case, a.outcome, " + AttemptCodes.ENDED_AT
                        + ", a.counts, a.baseline, c.lane, c.in_lane, c.shown, "
                        + "c.pinned AS cell_pinned, r.pinned AS run_pinned FROM attempt a JOIN cell c ON c.id = a.cell "
                        + "JOIN run r ON r.number = c.run JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                        + "WHERE a.outcome IS NOT NULL AND EXISTS "
                        + "(SELECT 1 FROM kept_file k WHERE k.attempt = a.id AND k.removed_at IS NULL) "
                        + "ORDER BY c.run, a.id")
                .map((row, context) -> {
                    Outcome outcome = Objects.requireNonNull(AttemptCodes.outcome(row));
                    Long shown = row.getObject("shown", Long.class);
                    return new Candidate(
                            OpenAttempts.attempt(row),
                            outcome,
                            Instant.ofEpochMilli(row.getLong("ended_at")),
                            outcome.isBad() || AttemptCodes.counts(row).bad() > 0,
                            row.getBoolean("cell_pinned") || row.getBoolean("run_pinned"),
                            shown != null && shown == row.getLong("id"),
                            row.getLong("lane"),
                            row.getBoolean("in_lane"),
                            row.getObject("baseline", Long.class));
                })
                .list();
    }

    /** The last complete attempt of every lane: with them the next ones are compared. */
    private static Set<Long> newest(Handle handle) {
        return handle.createQuery("SELECT c.history FROM cell c JOIN (SELECT lane, MAX(run) AS run FROM cell "
                        + "WHERE history IS NOT NULL GROUP BY lane) n ON n.lane = c.lane AND n.run = c.run")
                .mapTo(Long.class)
                .set();
    }

    /** The attempts with which cases became FIP that nobody has decided yet. */
    private static Set<Long> waiting(Handle handle) {
        Set<Long> attempts = new HashSet<>();
        FurtherQuery.places(handle).forEach((information, place) -> {
            if (information.resolution() == null) {
                handle.createQuery("SELECT history FROM cell WHERE lane = :lane AND run = :run AND history IS NOT NULL")
                        .bind("lane", place.lane())
                        .bind("run", place.sinceRun())
                        .mapTo(Long.class)
                        .forEach(attempts::add);
            }
        });
        return attempts;
    }

    /** By lane, the oldest of its newest runs. */
    private static Map<Long, Long> oldestOfNewest(Handle handle, int runs) {
        Map<Long, List<Long>> byLane = new HashMap<>();
        handle.createQuery(
                        "SELECT lane, run FROM cell WHERE in_lane AND shown IS NOT NULL ORDER BY lane DESC, run DESC")
                .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                .forEach(cell -> {
                    List<Long> newest = byLane.computeIfAbsent(cell.getKey(), lane -> new ArrayList<>());
                    if (newest.size() < runs) {
                        newest.add(cell.getValue());
                    }
                });
        Map<Long, Long> oldest = new HashMap<>();
        byLane.forEach((lane, newest) -> {
            if (!newest.isEmpty()) {
                oldest.put(lane, newest.getLast());
            }
        });
        return oldest;
    }
}
