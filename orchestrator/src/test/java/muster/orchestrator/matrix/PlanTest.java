package muster.orchestrator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.TestInstallation;
import muster.reports.GuestUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    private static final long GIB = 1L << 30;
    private static final String MATRIX = """
            matrix: m
            distributions: [debian-11, debian-12, debian-sid]
            suites: { commands: {} }
            """;

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
    }

    private Plan plan(String yaml, FarmConfig.Budget budget, Map<String, List<Duration>> history)
            throws IOException, ConfigError {
        return Plan.of(
                test.matrix(yaml).cells(),
                budget,
                new Plan.Earlier(
                        cell -> history.getOrDefault(cell.key().distribution(), List.of()), cell -> List.of()));
    }

    private static List<Duration> minutes(int... numbers) {
        return IntStream.of(numbers).mapToObj(Duration::ofMinutes).toList();
    }

    private static List<String> starts(Plan plan) {
        return plan.lines().stream()
                .map(line -> line.cell().distribution() + " " + line.startsAfter() + " " + line.waits())
                .toList();
    }

    @Test
    void withoutHistoryTheSuitesTypicalTimeIsExpected() throws IOException, ConfigError {
        Plan plan = plan(MATRIX, new FarmConfig.Budget(8 * GIB, 3), Map.of());
        assertThat(plan.lines()).allSatisfy(line -> {
            assertThat(line.expected()).isEqualTo(new Estimate(Duration.ofMinutes(2), Duration.ofMinutes(2), 0));
            assertThat(line.startsAfter()).isZero();
            assertThat(line.waits()).isEmpty();
            assertThat(line.memoryBytes()).isEqualTo(GIB / 2);
        });
        assertThat(plan.takes()).isEqualTo(Duration.ofMinutes(2));
        assertThat(plan.unknown()).isZero();
        assertThat(plan.isPossible()).isTrue();
    }

    @Test
    void historyGivesMedianAndNinthDecile() throws IOException, ConfigError {
        Plan plan = plan(
                MATRIX,
                new FarmConfig.Budget(8 * GIB, 3),
                Map.of("debian-11", minutes(9, 1, 2, 3, 4, 5, 6, 7, 8, 60), "debian-12", minutes(3, 5)));
        assertThat(plan.lines().get(0).expected())
                .isEqualTo(new Estimate(Duration.ofMinutes(5), Duration.ofMinutes(9), 10));
        assertThat(plan.lines().get(1).expected())
                .isEqualTo(new Estimate(Duration.ofMinutes(3), Duration.ofMinutes(5), 2));
    }

    @Test
    void whatEarlierGuestsTookIsPlannedWith() throws IOException, ConfigError {
        GuestUse use = new GuestUse(GIB / 2, 1, 300L << 20, Duration.ofSeconds(10), Duration.ofSeconds(100));
        Plan plan = Plan.of(
                test.matrix(MATRIX).cells(),
                new FarmConfig.Budget(GIB, 8),
                new Plan.Earlier(
                        cell -> List.of(),
                        cell -> cell.key().distribution().equals("debian-11")
                                ? Collections.nCopies(7, use)
                                : List.of()));
        assertThat(plan.lines().stream().map(Plan.Line::measured)).containsExactly(7, 0, 0);
        assertThat(plan.lines().getFirst().memoryBytes()).isEqualTo(375L << 20);
        assertThat(plan.lines().getFirst().cpu()).isEqualTo(0.125);
    }

    @Test
    void shardsShareTheHostAsFarAsTheyFit() throws IOException, ConfigError {
        String yaml = """
                matrix: m
                distributions: [debian-12]
                suites: { posix: { variants: [full], shards: 4 } }
                """;
        Plan.Line roomy =
                plan(yaml, new FarmConfig.Budget(8 * GIB, 3), Map.of()).lines().getFirst();
        assertThat(roomy.memoryBytes()).isEqualTo(4 * GIB);
        assertThat(roomy.cpu()).isEqualTo(2);
        Plan narrow = plan(yaml, new FarmConfig.Budget(2 * GIB + GIB / 2, 3), Map.of());
        assertThat(narrow.lines().getFirst().memoryBytes()).isEqualTo(2 * GIB);
        assertThat(narrow.isPossible()).isTrue();
        Plan none = plan(yaml, new FarmConfig.Budget(GIB / 2, 3), Map.of());
        assertThat(none.isPossible()).isFalse();
    }

    @Test
    void theTypicalTimeIsSharedByShards() throws IOException, ConfigError {
        Cell cell = test.matrix(MATRIX).cells().getFirst();
        assertThat(cell.typical()).isEqualTo(Duration.ofMinutes(2));
        assertThat(cell.sharded(4).typical()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLongestStartFirstAndTheOthersWaitForProcessors() throws IOException, ConfigError {
        Plan plan = plan(
                MATRIX,
                new FarmConfig.Budget(8 * GIB, 2),
                Map.of("debian-11", minutes(1), "debian-12", minutes(5), "debian-sid", minutes(3)));
        assertThat(starts(plan))
                .containsExactly("debian-11 PT3M waits about 3m for processors", "debian-12 PT0S ", "debian-sid PT0S ");
        assertThat(plan.takes()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void guestsWaitForMemory() throws IOException, ConfigError {
        Plan plan = plan(MATRIX, new FarmConfig.Budget(GIB, 8), Map.of());
        assertThat(starts(plan))
                .containsExactly("debian-11 PT0S ", "debian-12 PT0S ", "debian-sid PT2M waits about 2m for memory");
        assertThat(plan.takes()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void aSmallerGuestPassesABiggerOneThatDoesNotFitYet() throws IOException, ConfigError {
        Plan plan = plan(
                MATRIX.replace("{ commands: {} }", "{ commands: {}, posix: { variants: [quick] } }")
                        .replace("[debian-11, debian-12, debian-sid]", "[debian-11]"),
                new FarmConfig.Budget(GIB, 8),
                Map.of("debian-11", minutes(4)));
        assertThat(plan.lines().stream().map(Plan.Line::waits)).containsExactly("", "waits about 4m for memory");
    }

    @Test
    void sleepingSuitesRunSideBySide() throws IOException, ConfigError {
        Plan plan = plan(
                MATRIX.replace("commands: {}", "posix: {}"),
                new FarmConfig.Budget(6 * GIB, 3),
                Map.of("debian-11", minutes(2), "debian-12", minutes(2), "debian-sid", minutes(2)));
        assertThat(plan.lines()).hasSize(6).allMatch(line -> line.waits().isEmpty());
        assertThat(plan.takes()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whatNothingIsKnownOfIsCountedAndStartsFirst() throws IOException, ConfigError {
        Plan plan = plan(
                MATRIX.replace("commands: {}", "posix: { variants: [full] }"),
                new FarmConfig.Budget(GIB, 8),
                Map.of("debian-sid", minutes(7)));
        assertThat(plan.unknown()).isEqualTo(2);
        assertThat(plan.lines().getFirst().expected()).isNull();
        assertThat(plan.lines().getFirst().startsAfter()).isZero();
        assertThat(plan.lines().getLast().startsAfter()).isZero();
        assertThat(plan.takes()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void whatCanNeverStartSaysWhy() throws IOException, ConfigError {
        Plan small = plan(MATRIX, new FarmConfig.Budget(GIB / 4, 2), Map.of());
        assertThat(small.isPossible()).isFalse();
        assertThat(small.lines().getFirst().startsAfter()).isNull();
        assertThat(small.lines().getFirst().waits())
                .isEqualTo("can never start here: needs 512M of memory, guests may use 256M together;"
                        + " see memory in farm.yaml");
        Plan slow = plan(MATRIX, new FarmConfig.Budget(GIB, 0.5), Map.of());
        assertThat(slow.lines().getFirst().waits())
                .isEqualTo("can never start here: keeps 1.0 processors busy, suites may use 0.5 together;"
                        + " see cpus in farm.yaml");
    }
}
