package muster.reports.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import muster.reports.view.SlowCase;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How long the cases of a run took: a scan of its blocks. */
final class SlowCases {

    private static final Duration MORE = Duration.ofSeconds(1);

    private static final long[] NONE = {};

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
                first(took(handle, run), Comparator.comparing(Took::duration).reversed(), most));
    }

    static List<SlowCase> slower(Handle handle, long run, int most) {
        return named(
                handle,
                first(
                        took(handle, run).filter(Took::isSlower),
                        Comparator.comparing(Took::more).reversed(),
                        most));
    }

    private static Stream<Took> took(Handle handle, long run) {
        List<Pairs.Pair> pairs = Pairs.withBaselines(handle, run);
        List<Long> attempts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.before(), pair.now()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, long[]> durations = new HashMap<>();
        BlockScan.blocks(handle, attempts, (attempt, numbers, parts) -> durations.put(attempt, nanos(numbers, parts)));
        return pairs.stream().flatMap(pair -> took(pair, durations));
    }

    /** By case number; -1 where the journal does not say. */
    static long[] nanos(int[] numbers, List<BlockPart> parts) {
        long[] nanos = new long[Arrays.stream(numbers).max().orElse(-1) + 1];
        Arrays.fill(nanos, -1);
        int[] at = {0};
        parts.forEach(part -> BlockCodec.decode(part, (nature, duration, line, message) -> {
            int number = numbers[at[0]++];
            if (duration != null) {
                nanos[number] = duration.toNanos();
            }
        }));
        return nanos;
    }

    private static Stream<Took> took(Pairs.Pair pair, Map<Long, long[]> durations) {
        long[] before = durations.getOrDefault(pair.before(), NONE);
        long[] now = durations.getOrDefault(pair.now(), NONE);
        return IntStream.range(0, now.length)
                .filter(number -> now[number] >= 0)
                .mapToObj(number -> new Took(
                        pair,
                        number,
                        Duration.ofNanos(now[number]),
                        number < before.length && before[number] >= 0 ? Duration.ofNanos(before[number]) : null));
    }

    /** The first {@code most} in an order; only these are held. */
    private static List<Took> first(Stream<Took> all, Comparator<Took> order, int most) {
        PriorityQueue<Took> held = new PriorityQueue<>(order.reversed());
        all.forEach(took -> {
            held.add(took);
            if (held.size() > most) {
                held.poll();
            }
        });
        return held.stream().sorted(order).toList();
    }

    private static List<SlowCase> named(Handle handle, List<Took> slow) {
        return slow.stream()
                .map(took -> new SlowCase(
                        took.pair().cell(),
                        Known.of(
                                CaseNames.names(handle, took.pair().suite(), new int[] {took.number()}), took.number()),
                        took.duration(),
                        took.before()))
                .toList();
    }
}
