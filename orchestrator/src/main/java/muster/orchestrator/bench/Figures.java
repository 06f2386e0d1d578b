package muster.orchestrator.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Repeated measurements of one thing.
 *
 * @param name what was measured
 * @param unit of the values; empty for ratios and counts
 * @param values in the order in which they were measured, at least one
 * @param atMost what their median is to be at most, or null where nothing is asked
 */
public record Figures(
        String name,
        String unit,
        List<Double> values,
        @Nullable Double atMost) {

    public Figures(String name, String unit, List<Double> values) {
        this(name, unit, values, null);
    }

    public Figures {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("cannot tell '" + name + "': it was not measured once");
        }
        values = List.copyOf(values);
    }

    /** What was measured once. */
    public static Figures once(String name, String unit, double value) {
        return new Figures(name, unit, List.of(value));
    }

    /** The same with a target. */
    public Figures atMost(double target) {
        return new Figures(name, unit, values, target);
    }

    /** Whether the median is within the target, where there is one. */
    public boolean holds() {
        return atMost == null || median() <= atMost;
    }

    /** Of an even number of values, the middle of the two in the middle. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Median and spread in a line, of one value the value. */
    String line() {
        String first = name + ": " + (values.size() == 1 ? "" : "median ") + number(median())
                + (unit.isEmpty() ? "" : " " + unit);
        String all = values.size() == 1
                ? first
                : "%s (%s to %s, n=%d)".formatted(first, number(min()), number(max()), values.size());
        return atMost == null
                ? all
                : "%s; target at most %s: %s".formatted(all, number(atMost), holds() ? "holds" : "missed");
    }

    SequencedMap<String, Object> forJson() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("unit", unit);
        all.put("median", median());
        all.put("min", min());
        all.put("max", max());
        all.put("n", values.size());
        all.put("values", values);
        if (atMost != null) {
            all.put("target", atMost);
            all.put("holds", holds());
        }
        return all;
    }

    /** Three digits that matter, whole numbers as they are. */
    private static String number(double value) {
        double size = Math.abs(value);
        boolean whole = value == Math.rint(value) && size >= 1;
        int decimals = whole || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
