package muster.reports.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import muster.reports.CellKey;
import muster.reports.view.CellLine;
import muster.reports.view.Took;

/**
 * How durations are spread over the runs, a lane each, all to one scale from nothing to the longest.
 *
 * @param longest the scale's end
 */
public record Spread(List<Row> rows, Duration longest) {

    /**
     * A lane: from the shortest to the longest a line, the middle half a box, the median a stroke, the newest a dot.
     *
     * @param runs how many runs it is of
     * @param places in its picture
     */
    public record Row(
            CellKey cell, int runs, Took newest, Duration shortest, Duration median, Duration longest, Places places) {}

    /** Shares of the scale. */
    public record Places(String shortest, String longest, String box, String boxWidth, String median, String newest) {}

    static Spread of(SortedMap<CellKey, List<Took>> lanes) {
        Duration longest = lanes.values().stream()
                .flatMap(List::stream)
                .map(Took::duration)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<CellKey, List<Took>> lane : lanes.entrySet()) {
            if (!lane.getValue().isEmpty()) {
                rows.add(row(lane.getKey(), lane.getValue(), longest));
            }
        }
        return new Spread(rows, longest);
    }

    /** How long the cells of a lane took that ran to their end, up to one of them. */
    static List<Took> tooks(List<CellLine> lane, long last) {
        List<Took> tooks = new ArrayList<>();
        for (CellLine line : lane) {
            if (line.run() <= last
                    && line.startedAt() != null
                    && line.endedAt() != null
                    && line.counts().total() > 0) {
                tooks.add(new Took(line.run(), Duration.between(line.startedAt(), line.endedAt())));
            }
        }
        return tooks;
    }

    private static Row row(CellKey cell, List<Took> took, Duration scale) {
        List<Duration> sorted = took.stream().map(Took::duration).sorted().toList();
        Duration low = quantile(sorted, 0.25);
        Duration high = quantile(sorted, 0.75);
        Duration median = quantile(sorted, 0.5);
        Took newest = took.getLast();
        Places places = new Places(
                share(sorted.getFirst(), scale),
                share(sorted.getLast(), scale),
                share(low, scale),
                share(high.minus(low), scale),
                share(median, scale),
                share(newest.duration(), scale));
        return new Row(cell, took.size(), newest, sorted.getFirst(), median, sorted.getLast(), places);
    }

    /** Nearest rank. */
    private static Duration quantile(List<Duration> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private static String share(Duration part, Duration whole) {
        return Percent.of((double) part.toNanos(), (double) whole.toNanos());
    }
}
