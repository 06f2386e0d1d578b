package muster.reports.site;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.Waivers;

/** What waivers say of the cells of runs, asked once a run. */
public final class WaivedCells {

    private final Waivers waivers;
    private final ZoneId zone;
    private final Map<Long, SortedMap<CellKey, Waived>> known = new HashMap<>();

    WaivedCells(Waivers waivers, ZoneId zone) {
        this.waivers = waivers;
        this.zone = zone;
    }

    /** Of one cell. */
    public Waived of(long run, CellKey cell) {
        return of(run).getOrDefault(cell, Waived.NOTHING);
    }

    /** Of a run: how many of its bad cases are waived. */
    public int count(long run) {
        return of(run).values().stream().mapToInt(Waived::count).sum();
    }

    /** Of a run: the waivers that have expired, each with how many cases count again. */
    public List<Expired> expired(long run) {
        Map<Long, Expired> all = new TreeMap<>();
        for (Waived cell : of(run).values()) {
            for (RecordedWaiver waiver : cell.expired().values()) {
                all.merge(
                        waiver.number(), new Expired(waiver, 1), (a, b) -> new Expired(waiver, a.cases() + b.cases()));
            }
        }
        return List.copyOf(all.values());
    }

    /** A waiver that has expired, and how many failing cases it was of. */
    public record Expired(RecordedWaiver waiver, int cases) {}

    private SortedMap<CellKey, Waived> of(long run) {
        return known.computeIfAbsent(run, number -> waivers.of(number, zone));
    }
}
