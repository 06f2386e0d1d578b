package muster.reports.store;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.reports.view.SlowCase;
import muster.reports.view.SlowCases;
import org.jdbi.v3.core.Handle;

/** Which cases of a run took long: one scan of its blocks and of those of its baselines. */
final class SlowQuery {

    private static final long MORE = Duration.ofSeconds(1).toNanos();

    private static final long[] NONE = {};

    private SlowQuery() {}

    /**
     * How long a case took, in nanoseconds.
     *
     * @param before in the baseline; below 0 where that does not say
     * @param rank the higher, the sooner it is told
     */
    private record Took(Pairs.Pair pair, int number, long now, long before, long rank) {}

    static SlowCases of(Handle handle, long run, int most) {
        List<Pairs.Pair> pairs = Pairs.withBaselines(handle, run);
        List<Long> attempts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.before(), pair.now()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, long[]> nanos = new HashMap<>();
        BlockScan.blocks(
                handle, attempts, (attempt, numbers, parts) -> nanos.put(attempt, BlockScan.nanos(numbers, parts)));
        First slowest = new First(most);
        First slower = new First(most);
        for (Pairs.Pair pair : pairs) {
            long[] before = nanos.getOrDefault(pair.before(), NONE);
            long[] now = nanos.getOrDefault(pair.now(), NONE);
            for (int number = 0; number < now.length; number++) {
                long took = now[number];
                long then = number < before.length ? before[number] : -1;
                if (took >= 0) {
                    slowest.offer(pair, number, took, then, took);
                }
                if (then >= 0 && took - then >= MORE && took / 2 >= then) {
                    slower.offer(pair, number, took, then, took - then);
                }
            }
        }
        return new SlowCases(named(handle, slowest.inOrder()), named(handle, slower.inOrder()));
    }

    /** Those of the highest rank; only these are held. */
    private static final class First {

        private final int most;
        private final PriorityQueue<Took> held = new PriorityQueue<>(Comparator.comparingLong(Took::rank));

        First(int most) {
            this.most = most;
        }

        void offer(Pairs.Pair pair, int number, long now, long before, long rank) {
            Took least = held.peek();
            if (held.size() < most || (least != null && least.rank() < rank)) {
                held.add(new Took(pair, number, now, before, rank));
            }
            if (held.size() > most) {
                held.poll();
            }
        }

        List<Took> inOrder() {
            return held.stream()
                    .sorted(Comparator.comparingLong(Took::rank).reversed())
                    .toList();
        }
    }

    private static List<SlowCase> named(Handle handle, List<Took> slow) {
        Map<Long, Map<Integer, String>> names = new HashMap<>();
        slow.stream()
                .collect(Collectors.groupingBy(took -> took.pair().suite()))
                .forEach((suite, its) -> names.put(
                        suite,
                        CaseNames.names(
                                handle,
                                suite,
                                its.stream().mapToInt(Took::number).toArray())));
        return slow.stream()
                .map(took -> new SlowCase(
                        took.pair().cell(),
                        Known.of(Known.of(names, took.pair().suite()), took.number()),
                        Duration.ofNanos(took.now()),
                        took.before() < 0 ? null : Duration.ofNanos(took.before())))
                .toList();
    }
}
