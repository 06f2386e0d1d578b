package muster.orchestrator.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.orchestrator.run.CellStatus;
import muster.reports.CellKey;
import muster.reports.RecordedWaiver;
import muster.reports.Waived;
import muster.reports.Waivers;

/** What is said after a run of its waived failures: totals with and without them, and what has expired. */
final class WaivedSummary {

    private WaivedSummary() {}

    static void print(Waivers waivers, ZoneId zone, List<CellStatus> cells, PrintWriter out) {
        Map<Long, Integer> bad = new TreeMap<>();
        cells.forEach(cell -> bad.merge(cell.attempt().run(), cell.counts().bad(), Integer::sum));
        for (long run : new TreeSet<>(bad.keySet())) {
            SortedMap<CellKey, Waived> waived = waivers.of(run, zone);
            int count = waived.values().stream().mapToInt(Waived::count).sum();
            if (count > 0) {
                int all = bad.getOrDefault(run, 0);
                out.println();
                out.println("Waived in run " + run + ": " + count + " failing cases; bad with them " + all
                        + ", without " + (all - count));
            }
            tellExpired(waived, out);
        }
    }

    private static void tellExpired(SortedMap<CellKey, Waived> waived, PrintWriter out) {
        Map<Long, RecordedWaiver> expired = new TreeMap<>();
        Map<Long, Integer> cases = new TreeMap<>();
        waived.values()
                .forEach(cell -> cell.expired().values().forEach(waiver -> {
                    expired.put(waiver.number(), waiver);
                    cases.merge(waiver.number(), 1, Integer::sum);
                }));
        expired.forEach((number, waiver) -> {
            out.println();
            out.println("EXPIRED: waiver " + number + " of "
                    + Words.line(waiver.waiver().owner()) + ", on "
                    + waiver.waiver().expires() + ": " + cases.get(number) + " failures of "
                    + Words.line(waiver.waiver().scope().cases()) + " count again; see 'muster waivers'");
        });
    }
}
