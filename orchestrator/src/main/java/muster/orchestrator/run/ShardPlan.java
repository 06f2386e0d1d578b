package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import muster.orchestrator.home.JsonFile;

/**
 * Which shard runs which case of an attempt: settled once, by the first guest that has told the cases, and kept in the
 * attempt's folder.
 *
 * @param cases in the suite's order
 * @param shards for each case, from 0
 */
record ShardPlan(List<String> cases, List<Integer> shards) {

    private static final String FILE = "shards.json";

    /** What passes between the end of a case and the beginning of the next, more or less. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    /**
     * Packs cases into shards that take about equally long: the longest first, each into the shard that has least to do so
     * far. A case of which nothing is known takes as long as the median of the others; where nothing is known of any, the
     * cases are dealt out in turn.
     *
     * @param known how long cases took before
     */
    static ShardPlan of(List<String> cases, Map<String, Duration> known, int shards) {
        List<Duration> durations = cases.stream()
                .filter(known::containsKey)
                .map(known::get)
                .sorted()
                .toList();
        if (durations.isEmpty()) {
            return new ShardPlan(
                    cases,
                    IntStream.range(0, cases.size())
                            .map(at -> at % shards)
                            .boxed()
                            .toList());
        }
        Duration median = durations.get((durations.size() - 1) / 2);
        long[] costs = cases.stream()
                .mapToLong(
                        name -> known.getOrDefault(name, median).plus(BETWEEN).toMillis())
                .toArray();
        long[] loads = new long[shards];
        Integer[] packed = new Integer[cases.size()];
        IntStream.range(0, cases.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer at) -> costs[at]).reversed())
                .forEach(at -> {
                    int least = 0;
                    for (int shard = 1; shard < shards; shard++) {
                        least = loads[shard] < loads[least] ? shard : least;
                    }
                    loads[least] += costs[at];
                    packed[at] = least;
                });
        return new ShardPlan(cases, List.of(packed));
    }

    /** The cases of a shard, in the suite's order. */
    List<String> of(int shard) {
        List<String> part = new ArrayList<>();
        for (int at = 0; at < cases.size(); at++) {
            if (shards.get(at) == shard) {
                part.add(cases.get(at));
            }
        }
        return part;
    }

    static Optional<ShardPlan> read(Path attemptFolder) throws IOException {
        return JsonFile.read(attemptFolder.resolve(FILE), ShardPlan.class);
    }

    void write(Path attemptFolder) throws IOException {
        JsonFile.write(attemptFolder.resolve(FILE), this);
    }
}
