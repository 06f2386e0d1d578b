package muster.reports.site;

import java.util.ArrayList;
import java.util.List;
import muster.reports.Counts;
import muster.reports.view.CellLine;
import muster.reports.view.VerdictsAt;
import muster.testsuites.Verdict;

/**
 * Verdicts over time: bad cases, and under them all results by how they count.
 *
 * @param most bad cases of a run
 * @param largest results of a run
 * @param bars a run each, the oldest first
 */
public record OverTime(int most, int largest, List<Bar> bars) {

    static final int BAD_HEIGHT = 90;
    static final int ALL_HEIGHT = 40;
    private static final List<Verdict.Standing> STANDINGS =
            List.of(Verdict.Standing.GOOD, Verdict.Standing.NEUTRAL, Verdict.Standing.REPORTED, Verdict.Standing.BAD);

    /**
     * A run.
     *
     * @param x where it begins, as a share of the width; {@code width} likewise
     * @param y of its bad cases, in CSS pixels from the top; {@code height} likewise
     * @param pieces all its results
     */
    public record Bar(VerdictsAt at, String x, String width, int y, int height, List<Piece> pieces) {}

    /** Results that count alike. */
    public record Piece(State state, int cases, int y, int height) {}

    static OverTime of(List<VerdictsAt> nights) {
        int most = nights.stream().mapToInt(each -> each.counts().bad()).max().orElse(0);
        int largest =
                nights.stream().mapToInt(each -> each.counts().total()).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int at = 0; at < nights.size(); at++) {
            Counts counts = nights.get(at).counts();
            int height = height(counts.bad(), most, BAD_HEIGHT);
            bars.add(new Bar(
                    nights.get(at),
                    Percent.of(at + 0.1, nights.size()),
                    Percent.of(0.8, nights.size()),
                    BAD_HEIGHT - height,
                    height,
                    pieces(counts, largest)));
        }
        return new OverTime(most, largest, bars);
    }

    /** A lane's runs up to one of them, without those that have no results. */
    static OverTime of(List<CellLine> lane, long last) {
        return of(lane.stream()
                .filter(line -> line.run() <= last && line.startedAt() != null)
                .filter(line -> line.counts().total() > 0)
                .map(line ->
                        new VerdictsAt(line.run(), java.util.Objects.requireNonNull(line.startedAt()), line.counts()))
                .toList());
    }

    private static List<Piece> pieces(Counts counts, int largest) {
        List<Piece> pieces = new ArrayList<>();
        int y = ALL_HEIGHT;
        for (Verdict.Standing standing : STANDINGS) {
            int cases = counts.byVerdict().entrySet().stream()
                    .filter(entry -> entry.getKey().standing() == standing)
                    .mapToInt(java.util.Map.Entry::getValue)
                    .sum();
            int height = height(cases, largest, ALL_HEIGHT);
            if (height > 0) {
                y = Math.max(0, y - height);
                String kind = standing.name().toLowerCase(java.util.Locale.ROOT);
                pieces.add(new Piece(new State(kind, kind), cases, y, height));
            }
        }
        return pieces;
    }

    /** At least two where there is anything. */
    private static int height(int cases, int most, int whole) {
        return cases == 0 ? 0 : Math.max(2, (int) ((long) cases * whole / most));
    }
}
