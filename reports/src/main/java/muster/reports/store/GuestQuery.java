package muster.reports.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
            CellKey cell,
            Attempt.Kind kind,
            GuestRecord guest,
            @Nullable Instant endedAt,
            @Nullable Outcome outcome,
            @Nullable Long provenance) {}

    static List<GuestTime> ofRun(Handle handle, long run) {
        List<Row> rows = handle.createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, a.kind, "
                        + "g.role, g.driver AS guest_driver, g.host, g.image, g.started_at, a.ended_at, a.outcome, "
                        + "a.provenance FROM cell c JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                        + "JOIN attempt a ON a.cell = c.id JOIN guest g ON g.attempt = a.id "
                        + "WHERE c.run = :run ORDER BY g.started_at, g.host, a.id, g.role")
                .bind("run", run)
                .map((row, context) -> new Row(
                        CellLines.key(row),
                        Words.kind(row.getString("kind")),
                        new GuestRecord(
                                row.getString("role"),
                                row.getString("guest_driver"),
                                row.getString("host"),
                                row.getString("image"),
                                Instant.ofEpochMilli(row.getLong("started_at"))),
                        Words.instant(row.getObject("ended_at", Long.class)),
                        row.getString("outcome") == null ? null : Outcome.ofWord(row.getString("outcome")),
                        row.getObject("provenance", Long.class)))
                .list();
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
