package muster.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import muster.orchestrator.config.Place;
import muster.orchestrator.config.Text;
import muster.orchestrator.matrix.Schedule;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Quartz's tables as the farm's own migrations make them. */
class FarmClockTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ALWAYS = "* * * * * ?";
    private static final String ONCE_A_YEAR = "0 0 0 1 1 ?";

    @TempDir
    Path folder;

    private final List<Instant> told = new CopyOnWriteArrayList<>();
    private final List<String> skipped = new CopyOnWriteArrayList<>();
    private ResultStore store;

    @BeforeEach
    void open() throws Exception {
        store = JdbiResultStore.open(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMatrixIsDueAtWholeSecondsUntilItIsPausedAndAgainWhenItIsResumed() throws Exception {
        try (FarmClock clock = clock()) {
            clock.set(Map.of("nightly", schedule(ALWAYS)));
            clock.start();
            await().atMost(LONG).until(() -> told.size() >= 2);
            assertThat(told)
                    .doesNotHaveDuplicates()
                    .allSatisfy(time -> assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.SECONDS)));
            clock.pause("nightly");
            assertThat(clock.next("nightly")).isEmpty();
            told.clear();
            clock.resume("nightly");
            assertThat(clock.next("nightly")).isPresent();
            await().atMost(LONG).until(() -> !told.isEmpty());
        }
    }

    @Test
    void whatIsOnceSetIsKnownToTheNextClockAndChangesWithItsFile() throws Exception {
        Instant next;
        try (FarmClock clock = clock()) {
            clock.set(Map.of("nightly", schedule(ONCE_A_YEAR)));
            next = clock.next("nightly").orElseThrow();
            assertThat(next.toString()).endsWith("-01-01T00:00:00Z");
        }
        try (FarmClock clock = clock()) {
            assertThat(clock.next("nightly")).contains(next);
            clock.set(Map.of("nightly", schedule("0 0 12 1 1 ?")));
            assertThat(clock.next("nightly").orElseThrow().toString()).endsWith("-01-01T12:00:00Z");
            clock.set(Map.of("weekly", schedule(ONCE_A_YEAR)));
            assertThat(clock.next("nightly")).isEmpty();
            assertThat(clock.next("weekly")).isPresent();
        }
    }

    @Test
    void timesThatWereMissedAreOneRunOrNoneAsTheScheduleSays() throws Exception {
        Map<String, Schedule> both = Map.of(
                "nightly", schedule(ONCE_A_YEAR, Schedule.Missed.RUN_ONCE),
                "skipping", schedule(ONCE_A_YEAR, Schedule.Missed.SKIP));
        try (FarmClock clock = clock()) {
            clock.set(both);
        }
        missed(Duration.ofHours(3));
        try (FarmClock clock = clock()) {
            clock.set(both);
            clock.start();
            await().atMost(LONG).until(() -> !told.isEmpty());
            await().atMost(LONG)
                    .until(() -> clock.next("skipping").orElseThrow().isAfter(Instant.now()));
            assertThat(clock.next("nightly").orElseThrow().toString()).endsWith("-01-01T00:00:00Z");
        }
        assertThat(told).as("one of RUN_ONCE, none of SKIP").hasSize(1);
        assertThat(skipped).as("of that it is told that there is none").containsExactly("skipping");
    }

    @Test
    void whatAPersonHadPausedIsNotSaidToBeSkippedWhenItIsResumed() throws Exception {
        try (FarmClock clock = clock()) {
            clock.set(Map.of(
                    "nightly", schedule(ONCE_A_YEAR, Schedule.Missed.SKIP),
                    "other", schedule(ONCE_A_YEAR, Schedule.Missed.SKIP)));
            clock.pause("nightly");
            clock.pause("other");
            clock.start();
            missed(Duration.ofHours(3));
            clock.resume("nightly");
            assertThat(clock.next("nightly").orElseThrow()).isAfter(Instant.now());
            assertThat(skipped).isEmpty();
        }
    }

    @Test
    void onlyWhatWasPausedIsPausedAlsoWhereAnotherClockLooks() throws Exception {
        try (FarmClock clock = clock()) {
            clock.start();
            try (FarmClock other = clock()) {
                other.add("nightly", schedule(ONCE_A_YEAR));
                assertThat(other.isPaused("nightly")).isFalse();
                other.pause("nightly");
                assertThat(other.isPaused("unknown")).isFalse();
            }
            assertThat(clock.isPaused("nightly")).isTrue();
            assertThat(clock.isRunning()).as("the other's end is not its own").isTrue();
        }
    }

    /** As if every trigger had been due at that time ago, and nobody at work since. */
    private void missed(Duration ago) throws Exception {
        DatabaseAddress database = JdbiResultStore.address(folder);
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            long then = Instant.now().minus(ago).toEpochMilli();
            assertThat(statement.executeUpdate("UPDATE qrtz_triggers SET next_fire_time = " + then))
                    .isEqualTo(2);
        }
    }

    private FarmClock clock() throws Exception {
        return FarmClock.open(JdbiResultStore.address(folder), new FarmClock.Due() {
            @Override
            public void due(String matrix, Instant at) {
                if (!matrix.equals("weekly")) {
                    told.add(at);
                }
            }

            @Override
            public void skipped(String matrix, Instant at) {
                skipped.add(matrix);
            }
        });
    }

    private static Schedule schedule(String cron) {
        return schedule(cron, Schedule.Missed.RUN_ONCE);
    }

    private static Schedule schedule(String cron, Schedule.Missed missed) {
        return new Schedule(
                new Text(cron, Place.whole("nightly.yaml")), ZoneOffset.UTC, missed, Schedule.Unfinished.SKIP, null);
    }
}
