package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.QueueAnswer;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;
import muster.reports.Attempt;
import muster.reports.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a home's next orchestrator finds of runs whose attempts have all ended, before any guest is booted. */
class HeldFarmTest {

    @TempDir
    Path folder;

    private Installation installation;
    private FarmConfig config;
    private Home home;

    @BeforeEach
    void open() throws Exception {
        home = Home.open(folder.resolve("home"));
        installation = new Installation(
                Path.of("..").toAbsolutePath().normalize(), home.folder(), Set.of("toybox"), GuestDrivers.names());
        config = installation.farm();
    }

    @Test
    void aRetryThatWasNotBegunIsBegun() throws Exception {
        long run = runWhoseOnlyAttemptIsLost(1);
        try (HeldFarm next = held()) {
            assertThat(next.unfinished()).singleElement().satisfies(retry -> {
                assertThat(retry.id().run()).isEqualTo(run);
                assertThat(retry.id().kind()).isEqualTo(Attempt.Kind.RETRY);
                assertThat(retry.retries()).isEqualTo(1);
            });
            assertThat(next.store().history().unfinishedRuns()).containsExactly(run);
        }
        try (HeldFarm third = held()) {
            assertThat(third.unfinished()).as("the same one, not one more").hasSize(1);
        }
    }

    @Test
    void aRunInWhichNothingIsLeftToDoIsClosed() throws Exception {
        long run = runWhoseOnlyAttemptIsLost(0);
        try (HeldFarm next = held()) {
            assertThat(next.unfinished()).isEmpty();
            assertThat(next.store().history().unfinishedRuns()).isEmpty();
            assertThat(home.run(run)).doesNotExist();
        }
    }

    @Test
    void aRunWhoseMatrixIsGoneIsClosed() throws Exception {
        long run = runWhoseOnlyAttemptIsLost(1);
        Folders.delete(home.run(run));
        try (HeldFarm next = held()) {
            assertThat(next.unfinished()).isEmpty();
            assertThat(next.store().history().unfinishedRuns()).isEmpty();
        }
    }

    @Test
    void aMatrixIsReadOnceHoweverManyOfItsCellsAreTakenUp() throws Exception {
        Path file = Files.writeString(folder.resolve("many.yaml"), """
                matrix: many
                distributions: [debian-11, debian-12, debian-13]
                suites: { sleep: { variants: [short, half] } }
                guest: { driver: [uml] }
                """);
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config);
        try (HeldFarm farm = held()) {
            long run = farm.queue(matrix, matrix.cells()).getFirst().id().run();
            CellRuns cellRuns = new CellRuns(farm.farm());
            Unfinished unfinished = new Unfinished(
                    farm.farm(), cellRuns, new Retries(home, Duration.ZERO), new Confirmations(farm.farm(), cellRuns));
            List<Long> read = new ArrayList<>();
            List<CellRun> taken = unfinished.takeUp(
                    List.of(run),
                    each -> {
                        read.add(each);
                        return matrix;
                    },
                    each -> true);
            assertThat(taken).hasSize(6);
            assertThat(read).containsExactly(run);
        }
    }

    @Test
    void whatLiesThereOfARunThatHadTheSameNumberIsNotTheNewOnes() throws Exception {
        Path left = Files.createDirectories(home.run(1));
        Files.writeString(left.resolve("matrix.yaml"), "matrix: another");
        Files.writeString(left.resolve("kept-cells"), "debian-12:sleep:short@uml 7200\n");
        try (HeldFarm farm = held()) {
            long run = farm.queue(new QueueRequest(matrix(1).toString(), Map.of(), List.of(), 0, null));
            assertThat(run).isEqualTo(1);
            assertThat(left.resolve("matrix.yaml")).hasSameTextualContentAs(matrix(1));
            assertThat(left.resolve("kept-cells")).doesNotExist();
        }
    }

    @Test
    void whatIsQueuedIsBegunByTheNextOneAndWhatIsNotDueIsNot() throws Exception {
        Instant later = Clock.systemUTC().instant().plusSeconds(3600);
        Path file = matrix(1);
        long first;
        long second;
        try (HeldFarm farm = held()) {
            first = farm.queue(new QueueRequest(file.toString(), Map.of(), List.of(), 3, null));
            second = farm.queue(new QueueRequest(file.toString(), Map.of(), List.of("*:sleep"), 0, later));
        }
        try (HeldFarm next = held()) {
            assertThat(next.unfinished())
                    .singleElement()
                    .satisfies(cell -> assertThat(cell.id().run()).isEqualTo(first));
            assertThat(next.queue().notDue()).containsExactly(Map.entry(second, new QueuePlace(0, later, null)));
            assertThat(next.queue().begin(second))
                    .singleElement()
                    .satisfies(cell -> assertThat(cell.key()).hasToString("debian-12:sleep:short@uml"));
        }
    }

    @Test
    void whatHasNotBegunCanBeCancelled() throws Exception {
        Instant later = Clock.systemUTC().instant().plusSeconds(3600);
        QueueRequest now = new QueueRequest(matrix(1).toString(), Map.of(), List.of(), 0, null);
        QueueRequest then = new QueueRequest(matrix(1).toString(), Map.of(), List.of(), 0, later);
        try (HeldFarm farm = held()) {
            long first = farm.queue(now);
            long second = farm.queue(then);
            HomeClient client = new HomeClient(farm.door());
            assertThat(client.cancel("debian-13:*")).isZero();
            assertThat(client.cancel("*:sleep")).isEqualTo(2);
            assertThat(farm.queue().begin(second)).isEmpty();
            assertThat(farm.unfinished()).isEmpty();
            assertThat(home.run(first)).doesNotExist();
            assertThat(farm.store().history().cells(first))
                    .singleElement()
                    .satisfies(cell -> assertThat(cell.outcome()).isEqualTo(Outcome.CANCELLED));
        }
    }

    @Test
    void aQueuedRunOfNoSuchCellLeavesNothingBehind() throws Exception {
        try (HeldFarm farm = held()) {
            QueueRequest asked = new QueueRequest(matrix(1).toString(), Map.of(), List.of("debian-13:*"), 0, null);
            assertThatThrownBy(() -> farm.queue(asked)).hasMessageContaining("debian-13");
            assertThatThrownBy(() -> new HomeClient(farm.door()).queue(asked))
                    .isInstanceOf(HomeClient.Refused.class)
                    .hasMessageContaining("debian-13");
            assertThat(farm.store().history().runs(10)).isEmpty();
        }
    }

    @Test
    void whoServesIsToldWhatOtherProcessesQueue() throws Exception {
        List<Long> told = new ArrayList<>();
        QueueRequest asked = new QueueRequest(matrix(1).toString(), Map.of(), List.of(), 0, null);
        try (HeldFarm farm = held()) {
            HomeClient client = new HomeClient(farm.door());
            assertThat(client.queue(asked)).isEqualTo(new QueueAnswer(1, false));
            farm.serve(new Serving() {
                @Override
                public void queued(long run) {
                    told.add(run);
                }

                @Override
                public void turnsChanged() {}

                @Override
                public List<ScheduleLine> schedule() {
                    return List.of();
                }

                @Override
                public void change(ScheduleChange asked) {
                    throw new AssertionError("nobody asked");
                }
            });
            assertThat(client.queue(asked)).isEqualTo(new QueueAnswer(2, true));
        }
        assertThat(told).containsExactly(2L);
    }

    private HeldFarm held() throws Exception {
        return HeldFarm.open(installation, config, home, Clock.systemUTC());
    }

    private Path matrix(int retries) throws IOException {
        return Files.writeString(folder.resolve("one.yaml"), """
                matrix: one
                distributions: [debian-12]
                suites: { sleep: { variants: [short] } }
                guest: { driver: [uml] }
                limits: { retries: { infrastructure: %d } }
                """.formatted(retries));
    }

    /** An orchestrator dies when the end is stored; the run's number. */
    private long runWhoseOnlyAttemptIsLost(int retries) throws Exception {
        Matrix matrix = Matrix.read(matrix(retries), new TreeMap<>(), installation, config);
        try (HeldFarm first = held()) {
            List<CellRun> runs = first.queue(matrix, matrix.cells());
            first.farm().results().giveUp(runs.getFirst().id(), "its host is gone");
            return runs.getFirst().id().run();
        }
    }
}
