package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.FakeGuest;
import muster.orchestrator.guest.HostProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptGuestsTest {

    private static final String FAILS = "printf 'FAIL: a\\nEND: 1\\n' >>$MUSTER_JOURNAL\n";
    private static final String PASSES = "printf 'PASS: a\\nEND: 1\\n' >>$MUSTER_JOURNAL\n";

    @TempDir
    Path folder;

    private final FakeDriver driver = new FakeDriver();
    private TestCells cells;
    private TestFarm farm;

    @BeforeEach
    void open() throws Exception {
        cells = new TestCells(folder.resolve("suites"));
        farm = new TestFarm(folder.resolve("home"), driver, new Admission(10 * TestCells.MEMORY, 10, 2));
    }

    @AfterEach
    void close() throws Exception {
        farm.keptGuests().end(kept -> true);
        farm.close();
    }

    @Test
    void theGuestOfAFailedCellIsKeptAndOfAGoodOneNot() throws Exception {
        farm.keptGuests().keepFor(Duration.ofHours(2));
        CellRun bad = farm.queue(cells.cell("bad", FAILS));
        CellRun good = farm.queue(cells.cell("good", PASSES));
        bad.run();
        good.run();
        assertThat(Kept.list(farm.home())).singleElement().satisfies(kept -> {
            assertThat(kept.cell()).isEqualTo(bad.key());
            assertThat(kept.left(Instant.now())).isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
        });
        assertThat(driver.running()).hasSize(1);
        assertThat(farm.folder(bad)).exists();
        assertThat(farm.folder(good)).doesNotExist();
        assertThat(Entrance.read(farm.folder(bad))).isPresent();
    }

    @Test
    void theGuestOfACellThatAPersonNamedIsKeptWhateverItComesToAlsoByTheNextProcess() throws Exception {
        CellRun good = farm.queue(cells.cell("good", PASSES));
        CellRun other = farm.queue(cells.cell("bad", FAILS));
        new KeptGuests(farm.home(), Map.of(), Clock.systemUTC(), null)
                .keep(good.id().run(), good.key(), Duration.ofHours(1));
        good.run();
        other.run();
        assertThat(Kept.list(farm.home())).singleElement().satisfies(kept -> {
            assertThat(kept.cell()).isEqualTo(good.key());
            assertThat(kept.left(Instant.now())).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        });
        assertThat(driver.running()).hasSize(1);
    }

    @Test
    void withoutBeingAskedNoneIsKept() throws Exception {
        CellRun bad = farm.queue(cells.cell("bad", FAILS));
        bad.run();
        assertThat(driver.running()).isEmpty();
        assertThat(farm.folder(bad)).doesNotExist();
    }

    @Test
    void whoseTimeIsOverIsEnded() throws Exception {
        farm.keptGuests().keepFor(Duration.ZERO);
        CellRun bad = farm.queue(cells.cell("bad", FAILS));
        bad.run();
        farm.keptGuests().clear();
        assertThat(driver.running()).isEmpty();
        assertThat(farm.folder(bad)).doesNotExist();
        assertThat(Kept.list(farm.home())).isEmpty();
    }

    @Test
    void theTimeOfOneThatIsKeptBecomesLonger() throws Exception {
        farm.keptGuests().keepFor(Duration.ofSeconds(2));
        CellRun bad = farm.queue(cells.cell("bad", FAILS));
        bad.run();
        assertThat(farm.keptGuests().extend(bad.id().run() + 1, bad.key(), Duration.ofHours(2)))
                .isFalse();
        assertThat(farm.keptGuests().extend(bad.id().run(), bad.key(), Duration.ofHours(2)))
                .isTrue();
        Thread.sleep(Duration.ofMillis(2500));
        assertThat(Kept.list(farm.home()))
                .singleElement()
                .satisfies(kept -> assertThat(kept.left(Instant.now())).isGreaterThan(Duration.ofMinutes(119)));
        assertThat(driver.running()).hasSize(1);
        assertThat(farm.keptGuests().extend(bad.id().run(), bad.key(), Duration.ofMillis(10)))
                .isTrue();
        await().untilAsserted(() -> assertThat(driver.running()).isEmpty());
        await().untilAsserted(() -> assertThat(farm.folder(bad)).doesNotExist());
    }

    @Test
    void whatIsLeftOfOneThatDiedIsClearedByTheNextMuster() throws Exception {
        farm.keptGuests().keepFor(Duration.ofHours(2));
        CellRun bad = farm.queue(cells.cell("bad", FAILS));
        bad.run();
        driver.running().forEach(FakeGuest::die);
        farm.keptGuests().takeUp();
        assertThat(farm.folder(bad)).doesNotExist();
    }

    @Test
    void theTimerEndsItsProcessThoughNobodyWatches() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            HostProcess guest = HostProcess.of(process.pid()).orElseThrow();
            HostProcess timer = KeptGuests.startTimer(Instant.now().plusSeconds(1), guest);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(timer.pid()).isNotEqualTo(guest.pid());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theTimerSparesAnotherProcessOfThatNumber() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            HostProcess guest = HostProcess.of(process.pid()).orElseThrow();
            HostProcess earlier = new HostProcess(guest.pid(), guest.startTicks() - 1, guest.bootId());
            HostProcess timer = KeptGuests.startTimer(Instant.now().minusSeconds(1), earlier);
            ProcessHandle.of(timer.pid()).ifPresent(handle -> handle.onExit().join());
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
