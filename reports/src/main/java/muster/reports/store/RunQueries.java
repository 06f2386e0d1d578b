package muster.reports.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.view.CellLine;
import muster.reports.view.FarmView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is asked of runs and of the farm. */
final class RunQueries {

    private RunQueries() {}

    private record Run(
            long number,
            String matrix,
            String digest,
            long queuedAt,
            @Nullable Long endedAt) {}

    static FarmView farm(Handle handle, int nights) {
        Map<String, Map<String, List<CellLine>>> lanes = new TreeMap<>();
        TreeSet<String> columns = new TreeSet<>();
        for (CellLine line : CellLines.ofLanes(handle, nights)) {
            String column = FarmView.column(line.cell());
            columns.add(column);
            lanes.computeIfAbsent(line.cell().distribution(), distribution -> new TreeMap<>())
                    .computeIfAbsent(column, key -> new ArrayList<>())
                    .add(line);
        }
        return new FarmView(List.copyOf(lanes.keySet()), List.copyOf(columns), lanes, lines(handle, nights));
    }

    static List<RunLine> lines(Handle handle, int limit) {
        List<Run> runs = runs(handle, "ORDER BY number DESC LIMIT :argument", limit);
        if (runs.isEmpty()) {
            return List.of();
        }
        Map<Long, List<CellLine>> cells =
                CellLines.ofRuns(
                                handle, runs.getLast().number(), runs.getFirst().number())
                        .stream()
                        .collect(Collectors.groupingBy(CellLine::run));
        return runs.stream()
                .map(run -> line(run, cells.getOrDefault(run.number(), List.of())))
                .toList();
    }

    static Optional<RunView> view(Handle handle, long number) {
        return runs(handle, "WHERE number = :argument", number).stream()
                .findFirst()
                .map(run -> {
                    List<CellLine> cells = CellLines.ofRuns(handle, number, number);
                    Map<String, String> settings = new TreeMap<>();
                    handle.createQuery("SELECT name, content FROM run_setting WHERE run = :run")
                            .bind("run", number)
                            .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                            .forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
                    return new RunView(
                            line(run, cells),
                            run.digest(),
                            settings,
                            cells,
                            BrokenCases.ofRun(handle, number),
                            CellAttempts.again(handle, number));
                });
    }

    static List<Long> unfinished(Handle handle) {
        return handle.createQuery("SELECT number FROM run WHERE ended_at IS NULL ORDER BY number")
                .mapTo(Long.class)
                .list();
    }

    static Map<CellKey, Instant> removals(Handle handle, long run) {
        Map<CellKey, Instant> removals = new TreeMap<>();
        handle.createQuery(
                        "SELECT l.distribution, s.name AS suite, l.variant, l.driver, MAX(k.removed_at) AS removed_at "
                                + "FROM cell c JOIN attempt a ON a.cell = c.id JOIN kept_file k ON k.attempt = a.id "
                                + "JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                                + "WHERE c.run = :run AND k.removed_at IS NOT NULL "
                                + "GROUP BY l.distribution, s.name, l.variant, l.driver")
                .bind("run", run)
                .map((row, context) -> Map.entry(CellLines.key(row), Instant.ofEpochMilli(row.getLong("removed_at"))))
                .forEach(cell -> removals.put(cell.getKey(), cell.getValue()));
        return removals;
    }

    private static List<Run> runs(Handle handle, String which, long argument) {
        return handle.createQuery("SELECT number, matrix, matrix_digest, queued_at, ended_at FROM run " + which)
                .bind("argument", argument)
                .map((row, context) -> new Run(
                        row.getLong("number"),
                        row.getString("matrix"),
                        row.getString("matrix_digest"),
                        row.getLong("queued_at"),
                        row.getObject("ended_at", Long.class)))
                .list();
    }

    private static RunLine line(Run run, List<CellLine> cells) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (CellLine cell : cells) {
            Outcome outcome = cell.outcome();
            if (outcome != null) {
                outcomes.merge(outcome, 1, Integer::sum);
            }
            cell.counts().byVerdict().forEach((verdict, count) -> counts.merge(verdict, count, Integer::sum));
        }
        return new RunLine(
                run.number(),
                run.matrix(),
                Instant.ofEpochMilli(run.queuedAt()),
                Words.instant(run.endedAt()),
                outcomes,
                cells.size(),
                new Counts(counts),
                cells.stream().mapToInt(CellLine::broken).sum(),
                cells.stream().mapToInt(CellLine::mended).sum());
    }
}
