package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.orchestrator.run.WarmPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForesightTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private Instant now = Instant.parse("2030-01-01T18:00:00Z");
    private Map<String, List<Cell>> coming = Map.of();
    private Instant askedUntil = Instant.MIN;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private TestFarm farm;
    private Foresight foresight;
    private Cell cell;

    @BeforeEach
    void open() throws IOException {
        farm = new TestFarm(
                folder.resolve("home"),
                driver,
                new Admission(8 * TestCells.MEMORY, 8, 4),
                new WarmPool.Rules(4, 4 * TestCells.MEMORY, LONG));
        foresight = new Foresight(farm.farm(), new CellRuns(farm.farm()), clock, until -> {
            askedUntil = until;
            return coming;
        });
        cell = new TestCells(folder.resolve("suites")).cell("suite", "true");
    }

    @AfterEach
    void nothingIsLeft() {
        farm.close();
        assertThat(driver.running()).isEmpty();
    }

    @Test
    void guestsOfWhatBeginsWithinAMinuteAreBootedAheadWhereTheirImagesAreAtHand() throws Exception {
        coming = Map.of("tonight", List.of(cell));
        foresight.look();
        assertThat(askedUntil).isEqualTo(now.plus(Foresight.LEAD));
        assertThat(farm.pool().size()).as("nothing is built for a guess").isZero();
        farm.farm().images().of(cell, words -> {});
        foresight.look();
        await().until(() -> farm.pool().ready() == 1);
        assertThat(driver.started()).isEqualTo(1);
    }

    @Test
    void theyStayAMinuteForARunThatHasBegunAndThenGo() throws Exception {
        farm.farm().images().of(cell, words -> {});
        coming = Map.of("tonight", List.of(cell));
        foresight.look();
        await().until(() -> farm.pool().ready() == 1);
        coming = Map.of();
        now = now.plus(Foresight.LINGER);
        foresight.look();
        assertThat(farm.pool().ready()).isEqualTo(1);
        now = now.plusSeconds(1);
        foresight.look();
        await().until(() -> farm.pool().size() == 0 && driver.running().isEmpty());
        assertThat(driver.started()).isEqualTo(1);
    }
}
