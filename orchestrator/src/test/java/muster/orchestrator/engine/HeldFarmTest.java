package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.Attempt;
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

    private HeldFarm held() throws Exception {
        return HeldFarm.open(installation, config, home, Clock.systemUTC());
    }

    /** An orchestrator dies when the end is stored; the run's number. */
    private long runWhoseOnlyAttemptIsLost(int retries) throws Exception {
        Path file = Files.writeString(folder.resolve("one.yaml"), """
                matrix: one
                distributions: [debian-12]
                suites: { sleep: { variants: [short] } }
                guest: { driver: [uml] }
                limits: { retries: { infrastructure: %d } }
                """.formatted(retries));
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config);
        try (HeldFarm first = held()) {
            List<CellRun> runs = first.queue(matrix, matrix.cells());
            first.farm().results().giveUp(runs.getFirst().id(), "its host is gone");
            return runs.getFirst().id().run();
        }
    }
}
