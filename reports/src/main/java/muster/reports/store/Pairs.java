package muster.reports.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import muster.reports.CellKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which attempts are compared with which. */
final class Pairs {

    private static final String CELLS =
            "SELECT l.distribution, s.name AS suite, l.variant, l.driver, l.suite AS suite_id, "
                    + "l.id AS lane, a.id AS attempt, a.baseline FROM cell c JOIN lane l ON l.id = c.lane "
                    + "JOIN suite s ON s.id = l.suite JOIN attempt a ON a.id = c.shown WHERE c.run = :run";

    private Pairs() {}

    /** Two attempts of a lane; one of them may not be there, not both. */
    record Pair(
            CellKey cell,
            long suite,
            long lane,
            @Nullable Long before,
            @Nullable Long now) {

        boolean isWhole() {
            return before != null && now != null;
        }
    }

    /** The cells of a run and their baselines, by key. */
    static List<Pair> withBaselines(Handle handle, long run) {
        return handle
                .createQuery(CELLS)
                .bind("run", run)
                .map((row, context) -> new Pair(
                        CellLines.key(row),
                        row.getLong("suite_id"),
                        row.getLong("lane"),
                        row.getObject("baseline", Long.class),
                        row.getLong("attempt")))
                .stream()
                .sorted((a, b) -> a.cell().compareTo(b.cell()))
                .toList();
    }

    /** One cell in two runs, empty unless both have it. */
    static Optional<Pair> ofCell(Handle handle, CellKey cell, long before, long now) {
        List<Pair> found = handle.createQuery(CELLS + " AND c.lane = :lane")
                .bind("run", now)
                .bind("lane", Lanes.find(handle, cell))
                .map((row, context) ->
                        new Pair(cell, row.getLong("suite_id"), row.getLong("lane"), null, row.getLong("attempt")))
                .list();
        return found.stream()
                .findFirst()
                .flatMap(pair -> handle.createQuery(
                                "SELECT shown FROM cell WHERE run = :run AND lane = :lane AND shown IS NOT NULL")
                        .bind("run", before)
                        .bind("lane", pair.lane())
                        .mapTo(Long.class)
                        .findOne()
                        .map(shown -> new Pair(cell, pair.suite(), pair.lane(), shown, pair.now())));
    }

    /** The cells of two runs, by key. */
    static List<Pair> ofRuns(Handle handle, long before, long now) {
        Map<CellKey, Pair> earlier = new HashMap<>();
        withBaselines(handle, before).forEach(pair -> earlier.put(pair.cell(), pair));
        Map<CellKey, Pair> later = new HashMap<>();
        withBaselines(handle, now).forEach(pair -> later.put(pair.cell(), pair));
        TreeSet<CellKey> keys = new TreeSet<>(earlier.keySet());
        keys.addAll(later.keySet());
        List<Pair> pairs = new ArrayList<>();
        for (CellKey key : keys) {
            Pair old = earlier.get(key);
            Pair one = later.get(key);
            if (one != null) {
                pairs.add(new Pair(key, one.suite(), one.lane(), old == null ? null : old.now(), one.now()));
            } else if (old != null) {
                pairs.add(new Pair(key, old.suite(), old.lane(), old.now(), null));
            }
        }
        return pairs;
    }
}
