package muster.reports.store;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Standing;
import muster.reports.Waived;
import muster.reports.Waivers.AsOf;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What waivers say of the failing cases of a run: a scan of the blocks of those cells that they can be about. */
final class WaivedQuery {

    private WaivedQuery() {}

    private record Shown(
            CellKey cell,
            long suite,
            long attempt,
            @Nullable Long provenance) {}

    static AsOf asOf(Handle handle, long run) {
        return handle.createQuery("SELECT queued_at FROM run WHERE number = :run")
                .bind("run", run)
                .mapTo(Long.class)
                .findOne()
                .map(at -> new AsOf(java.time.Instant.ofEpochMilli(at), WaiverRows.of(handle, run)))
                .orElseThrow(() -> new IllegalArgumentException("cannot find run " + run));
    }

    static SortedMap<CellKey, Waived> of(Handle handle, long run, ZoneId zone) {
        SortedMap<CellKey, Waived> waived = new TreeMap<>();
        AsOf then = asOf(handle, run);
        List<RecordedWaiver> telling = then.waivers().stream()
                .filter(waiver -> tells(waiver.stands(then.at(), zone)))
                .toList();
        if (telling.isEmpty()) {
            return waived;
        }
        for (Shown shown : shown(handle, run)) {
            Waived here = of(handle, shown, telling, then, zone);
            if (!here.equals(Waived.NOTHING)) {
                waived.put(shown.cell(), here);
            }
        }
        return waived;
    }

    private static boolean tells(Standing standing) {
        return standing == Standing.HOLDS || standing == Standing.EXPIRED;
    }

    private static List<Shown> shown(Handle handle, long run) {
        return handle.createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, l.suite AS suite_id, "
                        + "a.id, a.provenance FROM cell c JOIN lane l ON l.id = c.lane JOIN suite s ON s.id = l.suite "
                        + "JOIN attempt a ON a.id = c.shown WHERE c.run = :run AND a.outcome IS NOT NULL "
                        + "AND (" + AttemptCodes.has(Verdict.FAIL) + " OR "
                        + AttemptCodes.has(Verdict.UNRESOLVED) + ")")
                .bind("run", run)
                .map((row, context) -> new Shown(
                        CellLines.key(row),
                        row.getLong("suite_id"),
                        row.getLong("id"),
                        row.getObject("provenance", Long.class)))
                .list();
    }

    private static Waived of(Handle handle, Shown shown, List<RecordedWaiver> all, AsOf then, ZoneId zone) {
        String version = FactLists.facts(handle, shown.provenance()).getOrDefault("suite.version", "");
        List<RecordedWaiver> here = all.stream()
                .filter(waiver -> waiver.waiver().scope().holdsFor(shown.cell(), version))
                .toList();
        if (here.isEmpty()) {
            return Waived.NOTHING;
        }
        List<Integer> failing = new ArrayList<>();
        Blocks.read(handle, shown.attempt(), (number, nature, duration, line, message) -> {
            if (nature.verdict() == Verdict.FAIL || nature.verdict() == Verdict.UNRESOLVED) {
                failing.add(number);
            }
        });
        SortedMap<String, RecordedWaiver> holding = new TreeMap<>();
        SortedMap<String, RecordedWaiver> expired = new TreeMap<>();
        int[] numbers = failing.stream().mapToInt(Integer::intValue).toArray();
        for (String name : CaseNames.names(handle, shown.suite(), numbers).values()) {
            for (RecordedWaiver waiver : here) {
                if (waiver.waiver().scope().names(name)) {
                    boolean holds = waiver.stands(then.at(), zone) == Standing.HOLDS;
                    (holds ? holding : expired).putIfAbsent(name, waiver);
                }
            }
        }
        expired.keySet().removeAll(holding.keySet());
        return new Waived(holding, expired);
    }
}
