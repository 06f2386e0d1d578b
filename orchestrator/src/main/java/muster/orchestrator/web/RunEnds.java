package muster.orchestrator.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.orchestrator.run.Outlook;
import org.jspecify.annotations.Nullable;

/** When runs will likely have ended. */
public final class RunEnds {

    private RunEnds() {}

    /** A sentence for each run that has not ended. */
    public static List<String> lines(List<StatusLine> cells, Instant now) {
        SortedMap<Long, List<StatusLine>> runs =
                cells.stream().collect(Collectors.groupingBy(StatusLine::run, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        runs.forEach((run, all) -> {
            List<StatusLine> open =
                    all.stream().filter(cell -> cell.outcome() == null).toList();
            if (!open.isEmpty()) {
                lines.add("run " + run + ": " + (all.size() - open.size()) + " of " + all.size() + " cells done; "
                        + ends(open.stream().map(StatusLine::ends).toList(), now));
            }
        });
        return lines;
    }

    /** Of cells that have not ended. */
    public static String ends(List<? extends Outlook.@Nullable Span> ends, Instant now) {
        Outlook.Span all = Outlook.endOf(ends);
        if (all != null) {
            return "likely ends " + all.words(now);
        }
        long unknown = ends.stream().filter(each -> each == null).count();
        return "nobody can know when it ends: " + unknown
                + (unknown == 1
                        ? " cell has no history, is held, or waits"
                        : " cells have no history, are held, or wait")
                + " for such a one";
    }
}
