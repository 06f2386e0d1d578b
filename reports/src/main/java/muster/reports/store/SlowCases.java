package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import muster.reports.view.SlowCase;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How long the cases of a run took: a scan of its blocks. */
final class SlowCases {

    private static final Duration MORE = Duration.ofSeconds(1);

    private SlowCases() {}

    private record Took(
            Pairs.Pair pair,
            int number,
            Duration duration,
            @Nullable Duration before) {

        Duration more() {
            return before == null ? Duration.ZERO : duration.minus(before);
        }

        boolean isSlower() {
            return before != null && more().compareTo(MORE) >= 0 && duration.compareTo(before.multipliedBy(2)) >= 0;
        }
    }

    static List<SlowCase> slowest(Handle handle, long run, int most) {
        return named(
                handle,
                took(handle, run).stream()
                        .sorted(Comparator.comparing(Took::duration).reversed()),
                most);
    }

    static List<SlowCase> slower(Handle handle, long run, int most) {
        return named(
                handle,
                took(handle, run).stream()
                        .filter(Took::isSlower)
                        .sorted(Comparator.comparing(Took::more).reversed()),
                most);
    }

    private static List<Took> took(Handle handle, long run) {
        List<Pairs.Pair> pairs = Pairs.withBaselines(handle, run);
        List<Long> attempts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.before(), pair.now()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, Map<Integer, Duration>> durations = new HashMap<>();
        BlockScan.blocks(handle, attempts, (attempt, numbers, parts) -> {
            Map<Integer, Duration> these = new HashMap<>();
            int[] at = {0};
            parts.forEach(part -> BlockCodec.decode(part, (nature, duration, line, message) -> {
                int number = numbers[at[0]++];
                if (duration != null) {
                    these.put(number, duration);
                }
            }));
            durations.put(attempt, these);
        });
        List<Took> all = new ArrayList<>();
        for (Pairs.Pair pair : pairs) {
            Map<Integer, Duration> before = durations.getOrDefault(pair.before(), Map.of());
            durations
                    .getOrDefault(pair.now(), Map.of())
                    .forEach((number, duration) -> all.add(new Took(pair, number, duration, before.get(number))));
        }
        return all;
    }

    private static List<SlowCase> named(Handle handle, Stream<Took> slow, int most) {
        return slow.limit(most)
                .map(took -> new SlowCase(
                        took.pair().cell(),
                        Known.of(
                                CaseNames.names(handle, took.pair().suite(), new int[] {took.number()}), took.number()),
                        took.duration(),
                        took.before()))
                .toList();
    }
}
