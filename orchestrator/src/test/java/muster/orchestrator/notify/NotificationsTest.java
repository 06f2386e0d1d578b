package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.cli.StoredNights;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.Channel.Event;
import muster.orchestrator.config.FarmConfig;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process tells that begins in a home, after a crash or a restore. */
class NotificationsTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final CellKey CELL = CellKey.parse("debian-12:posix:quick@uml");
    private static final CellKey OTHER = CellKey.parse("debian-13:posix:quick@uml");

    @TempDir
    Path folder;

    private StoredNights nights;
    private Path said;

    @BeforeEach
    void openStore() throws IOException {
        nights = new StoredNights(folder.resolve("home"));
        said = folder.resolve("said");
    }

    @AfterEach
    void closeStore() {
        nights.close();
    }

    @Test
    void whatEndedJustBeforeAProcessDiedIsToldByTheNextOnce() throws Exception {
        long run = lost();
        begin(run).follow(run, List.of("team"));
        awaitTold(run + "-farm-failure-" + CELL.slug());
        begin(run);
        assertThat(waiting()).isEmpty();
        assertThat(Files.readAllLines(said)).hasSize(1);
    }

    @Test
    void whatARestoredHomeKnowsNothingOfIsForgotten() throws Exception {
        long run = lost();
        Outbox before = outbox();
        Instant now = CLOCK.instant();
        for (Notice notice : List.of(
                notice(run + "-farm-failure-" + OTHER.slug(), Event.FARM_FAILURE, run, now),
                notice(run + "-night-finished", Event.NIGHT_FINISHED, run, now),
                notice((run + 1) + "-late", Event.LATE, run + 1, now))) {
            before.put(notice);
        }
        before.told(before.waiting());
        before.put(notice(run + "-late", Event.LATE, run, now));
        before.put(notice((run + 1) + "-night-finished", Event.NIGHT_FINISHED, run + 1, now));
        begin(run);
        awaitTold(run + "-farm-failure-" + CELL.slug(), run + "-late");
    }

    @Test
    void aCellThatGoesOnHasNotEnded() throws Exception {
        long run = lost();
        Notifications opened = open();
        opened.follow(run, List.of("team"));
        opened.begin((_, cell) -> cell.equals(CELL));
        opened.late(run, Duration.ofHours(9));
        awaitTold(run + "-late");
    }

    /** A run of two cells of which the first was lost; returns its number. */
    private long lost() throws IOException {
        Instant at = CLOCK.instant();
        ResultStore store = nights.store();
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), at, Map.of(), List.of(CELL, OTHER)));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, at);
        store.finish(
                attempt,
                ResultStore.CaseReader.NOTHING,
                read -> new Ending(
                        Outcome.LOST,
                        "cannot reach the guest",
                        at,
                        null,
                        false,
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        new TreeMap<>()));
        return run;
    }

    private Notifications begin(long run) throws IOException {
        Notifications opened = open();
        opened.follow(run, List.of("team"));
        opened.begin((_, _) -> false);
        return opened;
    }

    private Notifications open() throws IOException {
        Channel team = new Channel(
                "team",
                EnumSet.allOf(Event.class),
                null,
                new Channel.Command(List.of("sh", "-c", "head -n 1 >> '" + said + "'")));
        ResultStore store = nights.store();
        return Notifications.open(
                new FarmConfig.Notify(null, new TreeMap<>(Map.of("team", team))),
                folder.resolve("notices"),
                store,
                folder,
                CLOCK,
                ZoneOffset.UTC);
    }

    private Outbox outbox() throws IOException {
        return new Outbox(folder.resolve("notices/team"));
    }

    private static Notice notice(String id, Event event, long run, Instant at) {
        return new Notice(id, event, "nightly", run, at, "headline of " + id, "text", "link");
    }

    /** Until nothing waits, and these were told and no others. */
    private void awaitTold(String... ids) throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(names("told")).containsExactlyInAnyOrder(ids));
        assertThat(waiting()).isEmpty();
    }

    private List<String> waiting() throws IOException {
        return names("waiting");
    }

    private List<String> names(String state) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("notices/team").resolve(state))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .toList();
        }
    }
}
