package muster.orchestrator.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Repeated measurements of one thing.
 *
 * @param name what was measured
 * @param unit of the values
 * @param values in the order in which they were measured, at least one
 */
record Figures(String name, String unit, List<Double> values) {

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Median and spread in a line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s: median %.2f %s (%.2f to %.2f, n=%d)",
                name,
                median(),
                unit,
                least(),
                most(),
                values.size());
    }

    Map<String, Object> forJson() {
        Map<String, Object> all = new TreeMap<>();
        all.put("name", name);
        all.put("unit", unit);
        all.put("median", median());
        all.put("min", least());
        all.put("max", most());
        all.put("values", values);
        return all;
    }
}
