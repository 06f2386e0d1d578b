package muster.reports.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import muster.reports.Attempt;
import muster.reports.Counts;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** Small values as they stand in columns. */
final class Words {

    private Words() {}

    static Step step(String word) {
        return Step.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Attempt.Kind kind(String word) {
        return Attempt.Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static @Nullable Instant instant(@Nullable Long epochMillis) {
        return epochMillis == null ? null : Instant.ofEpochMilli(epochMillis);
    }

    /** For example {@code PASS:1046 FAIL:17}; empty for none. */
    static String counts(Counts counts) {
        return counts.byVerdict().entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static Counts counts(String text) {
        if (text.isEmpty()) {
            return Counts.NONE;
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (String entry : text.split(" ", -1)) {
            int colon = entry.indexOf(':');
            counts.put(Verdict.valueOf(entry.substring(0, colon)), Integer.valueOf(entry.substring(colon + 1)));
        }
        return new Counts(counts);
    }
}
