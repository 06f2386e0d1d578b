package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardPlanTest {

    @Test
    void whereNothingIsKnownTheCasesAreDealtOutInTurn() {
        ShardPlan plan = ShardPlan.of(List.of("a", "b", "c", "d", "e"), Map.of(), 2);
        assertThat(plan.of(0)).containsExactly("a", "c", "e");
        assertThat(plan.of(1)).containsExactly("b", "d");
    }

    @Test
    void theLongestCaseIsPackedFirstAndTheSuitesOrderIsKept() {
        ShardPlan plan = ShardPlan.of(
                List.of("short", "shorter", "long", "middle"),
                Map.of("short", seconds(3), "shorter", seconds(2), "long", seconds(10), "middle", seconds(5)),
                2);
        assertThat(plan.of(0)).containsExactly("long");
        assertThat(plan.of(1)).containsExactly("short", "shorter", "middle");
    }

    @Test
    void aCaseOfWhichNothingIsKnownTakesAsLongAsTheMedianOfTheOthers() {
        Map<String, Duration> known = Map.of("a", seconds(1), "b", seconds(4), "c", seconds(9));
        ShardPlan plan = ShardPlan.of(List.of("a", "new", "b", "c"), known, 2);
        assertThat(plan.of(0)).containsExactly("c");
        assertThat(plan.of(1)).containsExactly("a", "new", "b");
    }

    @Test
    void casesThatTakeNoTimeAreSpreadAllTheSame() {
        List<String> cases =
                IntStream.range(0, 100).mapToObj(at -> "case " + at).toList();
        Map<String, Duration> known = new HashMap<>();
        cases.forEach(name -> known.put(name, Duration.ZERO));
        known.put("case 50", seconds(1));
        ShardPlan plan = ShardPlan.of(cases, known, 4);
        assertThat(List.of(
                        plan.of(0).size(),
                        plan.of(1).size(),
                        plan.of(2).size(),
                        plan.of(3).size()))
                .containsExactly(10, 30, 30, 30);
    }

    @Test
    void noShardTakesMuchLongerThanAnother() {
        Random random = new Random(7);
        Map<String, Duration> known = new HashMap<>();
        IntStream.range(0, 500).forEach(at -> known.put("case " + at, Duration.ofMillis(random.nextInt(5_000))));
        ShardPlan plan = ShardPlan.of(known.keySet().stream().sorted().toList(), known, 7);
        List<Long> loads = IntStream.range(0, 7)
                .mapToObj(shard -> plan.of(shard).stream()
                        .mapToLong(name -> known.get(name).toMillis())
                        .sum())
                .sorted()
                .toList();
        assertThat(loads.getLast()).isLessThan(loads.getFirst() + 500);
    }

    @Test
    void everyCaseIsInOneShardAndThereMayBeShardsWithoutAny() {
        ShardPlan plan = ShardPlan.of(List.of("a", "b"), Map.of("a", seconds(1)), 4);
        assertThat(IntStream.range(0, 4).boxed().flatMap(shard -> plan.of(shard).stream()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(plan.of(3)).isEmpty();
    }

    @Test
    void itIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        assertThat(ShardPlan.read(folder)).isEmpty();
        ShardPlan plan = ShardPlan.of(List.of("it's \"one\"", "ä"), Map.of(), 2);
        plan.write(folder);
        assertThat(ShardPlan.read(folder)).contains(plan);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
