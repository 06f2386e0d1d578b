package muster.reports.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import muster.reports.view.GuestTime;

/**
 * What work on a host waited for over time. An attempt tells the mean of its own time; where attempts overlap, the mean of
 * these stands.
 *
 * @param words what was waited for
 * @param scale the per cent of the picture's height
 * @param most the highest value, in per cent
 */
public record PressureChart(String kind, String words, int scale, int most, List<Level> steps) {

    static final int HEIGHT = 30;

    /** A stretch of one value. */
    public record Level(String x, String width, int y, int height, int percent) {}

    private record Stretch(Instant from, Instant to, double percent) {}

    static PressureChart of(String kind, List<GuestTime> guests, TimeAxis axis, Instant now) {
        List<GuestTime> telling = guests.stream()
                .filter(each -> each.pressure().containsKey(kind))
                .toList();
        TreeSet<Instant> turns = new TreeSet<>();
        telling.forEach(each -> {
            turns.add(each.guest().startedAt());
            turns.add(GuestChart.end(each, now));
        });
        List<Stretch> stretches = new ArrayList<>();
        Instant from = null;
        for (Instant turn : turns) {
            if (from != null) {
                Instant begin = from;
                OptionalDouble mean = telling.stream()
                        .filter(each -> !each.guest().startedAt().isAfter(begin)
                                && !GuestChart.end(each, now).isBefore(turn))
                        .mapToInt(each -> each.pressure().getOrDefault(kind, 0))
                        .average();
                mean.ifPresent(percent -> stretches.add(new Stretch(begin, turn, percent)));
            }
            from = turn;
        }
        int most = (int) Math.round(
                stretches.stream().mapToDouble(Stretch::percent).max().orElse(0));
        int scale = most <= 10 ? 10 : most <= 25 ? 25 : most <= 50 ? 50 : 100;
        List<Level> levels =
                stretches.stream().map(stretch -> level(stretch, scale, axis)).toList();
        return new PressureChart(kind, words(kind), scale, most, levels);
    }

    private static Level level(Stretch stretch, int scale, TimeAxis axis) {
        int height = (int) Math.round(Math.min(1, stretch.percent() / scale) * HEIGHT);
        return new Level(
                axis.x(stretch.from()),
                Percent.of(axis.share(stretch.from(), stretch.to()), 1),
                HEIGHT - height,
                height,
                (int) Math.round(stretch.percent()));
    }

    private static String words(String kind) {
        return switch (kind) {
            case "cpu" -> "Processors";
            case "memory" -> "Memory";
            default -> "Disks";
        };
    }
}
