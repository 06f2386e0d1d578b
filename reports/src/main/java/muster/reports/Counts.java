package muster.reports;

import java.util.EnumMap;
import java.util.Map;
import muster.testsuites.Verdict;

/** How many cases came to each verdict; a verdict without a case is absent. */
public record Counts(Map<Verdict, Integer> byVerdict) {

    public static final Counts NONE = new Counts(Map.of());

    public Counts {
        EnumMap<Verdict, Integer> copy = new EnumMap<>(Verdict.class);
        byVerdict.forEach((verdict, count) -> {
            if (count > 0) {
                copy.put(verdict, count);
            }
        });
        byVerdict = java.util.Collections.unmodifiableMap(copy);
    }

    public int of(Verdict verdict) {
        return byVerdict.getOrDefault(verdict, 0);
    }

    public int total() {
        return byVerdict.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int bad() {
        return of(Verdict.Standing.BAD);
    }

    /** How many count as {@code standing}. */
    public int of(Verdict.Standing standing) {
        return byVerdict.entrySet().stream()
                .filter(entry -> entry.getKey().standing() == standing)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
