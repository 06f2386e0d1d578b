package muster.reports.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.view.GuestTime;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The guests of a run, and what their hosts waited for meanwhile. */
final class GuestQuery {

    private static final String PRESSURE = "host.pressure.";

    private GuestQuery() {}

    private record Row(
            long attempt,
            CellKey cell,
            Attempt.Kind kind,
            GuestRecord guest,
            @Nullable Instant endedAt,
            @Nullable Outcome outcome,
            @Nullable Long provenance) {}

    static List<GuestTime> ofRun(Handle handle, long run) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(handle, run, Guests.FIRST, "first_guest f ON f.id = a.first_guest"));
        rows.addAll(rows(handle, run, Guests.FURTHER, "guest f ON f.attempt = a.id"));
        rows.sort(Comparator.comparing((Row row) -> row.guest().startedAt())
                .thenComparing(row -> row.guest().host())
                .thenComparingLong(Row::attempt)
                .thenComparing(row -> row.guest().role()));
        Map<Long, SortedMap<String, Integer>> pressures = pressures(
                handle,
                rows.stream().map(Row::provenance).filter(Objects::nonNull).toList());
        List<GuestTime> guests = new ArrayList<>();
        for (Row row : rows) {
            guests.add(new GuestTime(
                    row.cell(),
                    row.kind(),
                    row.guest(),
                    row.endedAt(),
                    row.outcome(),
                    pressures.getOrDefault(row.provenance(), new TreeMap<>())));
        }
        return guests;
    }

    private static List<Row> rows(Handle handle, long run, String columns, String guests) {
        return handle.createQuery(
                        "SELECT l.distribution, s.name AS suite, l.variant, l.driver, a.id, a.kind, " + columns
                                + ", " + AttemptCodes.ENDED_AT + ", a.outcome, a.provenance FROM cell c "
                                + "JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                                + "JOIN attempt a ON a.cell = c.id JOIN " + guests + " WHERE c.run = :run")
                .bind("run", run)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        CellLines.key(row),
                        AttemptCodes.kind(row),
                        Guests.guest(row),
                        Words.instant(row.getObject("ended_at", Long.class)),
                        AttemptCodes.outcome(row),
                        row.getObject("provenance", Long.class)))
                .list();
    }

    private static Map<Long, SortedMap<String, Integer>> pressures(Handle handle, Collection<Long> lists) {
        Map<Long, List<Long>> ids = FactLists.ids(handle, lists);
        Map<Long, FactLists.Fact> facts = FactLists.named(
                handle, ids.values().stream().flatMap(List::stream).distinct().toList());
        Map<Long, SortedMap<String, Integer>> pressures = new HashMap<>();
        ids.forEach((list, of) -> {
            SortedMap<String, Integer> pressure = new TreeMap<>();
            for (long id : of) {
                FactLists.Fact fact = Known.of(facts, id);
                if (fact.name().startsWith(PRESSURE) && fact.content().matches("\\d{1,3} %")) {
                    pressure.put(
                            fact.name().substring(PRESSURE.length()),
                            Integer.valueOf(
                                    fact.content().substring(0, fact.content().length() - 2)));
                }
            }
            pressures.put(list, pressure);
        });
        return pressures;
    }
}
