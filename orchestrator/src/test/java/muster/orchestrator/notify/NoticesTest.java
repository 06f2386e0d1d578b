package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.orchestrator.cli.StoredNights;
import muster.orchestrator.config.Channel.Event;
import muster.orchestrator.config.Place;
import muster.orchestrator.config.Text;
import muster.orchestrator.matrix.Schedule;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {

    private static final Instant NIGHT = Instant.parse("2026-03-04T01:30:00Z");
    private static final String CELL = "debian-12:posix:quick@uml";
    private static final CellKey KEY = CellKey.parse(CELL);

    @TempDir
    Path folder;

    private StoredNights nights;
    private Notices notices;

    @BeforeEach
    void openStore() throws IOException {
        nights = new StoredNights(folder);
        ResultStore store = nights.store();
        notices =
                new Notices(store.history(), store.comparison(), new Notices.Links("https://farm.example.org", folder));
    }

    @AfterEach
    void closeStore() {
        nights.close();
    }

    private long night(int number, muster.testsuites.CaseResult... cases) throws IOException {
        return nights.night(
                NIGHT.plus(Duration.ofDays(number)), new StoredNights.Came(CELL, Map.of(), Map.of(), List.of(cases)));
    }

    @Test
    void aNightSaysWhatIsNewAndWhatIsFixedWithALink() throws IOException {
        night(0, StoredNights.pass("one"), StoredNights.fail("two", ""), StoredNights.fail("three", ""));
        long run = night(
                1, StoredNights.fail("one", "it broke"), StoredNights.pass("two"), StoredNights.fail("three", ""));
        Notice told = notices.nightFinished(run, NIGHT.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(90)));
        assertThat(told.headline()).isEqualTo("nightly: run " + run + ": 1 new failure, 1 fixed");
        assertThat(told.text())
                .contains("Of 1 cell: 1 failed.", "Of 3 cases: 1 pass, 2 fail.", "It took 1h30m.")
                .contains(CELL + "  one: PASS -> FAIL  it broke")
                .contains("Fixed:\n  " + CELL + "  two")
                .contains("1 case failed before, too.");
        assertThat(told.link()).isEqualTo("https://farm.example.org/run/" + run + "/index.html");
    }

    @Test
    void aGoodNightSaysSo() throws IOException {
        night(0, StoredNights.pass("one"));
        long run = night(1, StoredNights.pass("one"));
        assertThat(notices.nightFinished(run, NIGHT).headline())
                .isEqualTo("nightly: run " + run + ": nothing is newly broken");
    }

    @Test
    void aNightThatWasNotRunSaysWhyAndIsToldOnceADay() {
        Schedule schedule = new Schedule(
                new Text("0 30 1 * * ?", Place.whole("nightly.yaml")),
                ZoneId.of("Europe/Berlin"),
                Schedule.Missed.RUN_ONCE,
                Schedule.Unfinished.SKIP,
                null);
        Notice told = notices.notRun(new NotRun("nightly", schedule, NIGHT, "run 7 had not ended"), NIGHT);
        assertThat(told.headline()).isEqualTo("nightly: not run on Wed 4 Mar 2026, 02:30:00 (Europe/Berlin)");
        assertThat(told.text()).isEqualTo("run 7 had not ended");
        assertThat(told.link()).isEqualTo("https://farm.example.org/schedule.html");
        Instant later = NIGHT.plus(Duration.ofHours(1));
        assertThat(notices.notRun(new NotRun("nightly", schedule, later, "run 7 had not ended"), later)
                        .id())
                .isEqualTo(told.id());
        assertThat(notices.hasHappened(told, _ -> false)).isTrue();
    }

    @Test
    void aNightInWhichMuchIsBadAsBeforeIsNotSaidToBeGood() throws IOException {
        night(0, StoredNights.fail("one", ""));
        long run = night(1, StoredNights.fail("one", ""));
        assertThat(notices.nightFinished(run, NIGHT).headline())
                .isEqualTo("nightly: run " + run + ": nothing is newly broken, 1 cell bad");
    }

    @Test
    void aNightThatWasCancelledOrNotJudgedSaysSoInFewWords() throws IOException {
        long cancelled = ended(Outcome.CANCELLED, "cancelled by a person");
        Notice told = notices.nightFinished(cancelled, NIGHT);
        assertThat(told.headline()).isEqualTo("nightly: run " + cancelled + ": 1 cell cancelled");
        assertThat(told.text()).doesNotContain("case");
        String log = "Inst a\n".repeat(30) + "E: Unable to locate package b\n" + "Inst c\n".repeat(9);
        long refused = ended(Outcome.REFUSED, "cannot resolve the packages; its log ends:\n" + log);
        assertThat(notices.ofCell(refused, KEY, NIGHT).orElseThrow().text())
                .startsWith("cannot resolve the packages; its log ends:\n[...]\nE: Unable to locate package b\n")
                .doesNotContain("Inst a");
        assertThat(notices.nightFinished(refused, NIGHT).text())
                .contains("  " + CELL + ": cannot resolve the packages; its log ends:")
                .doesNotContain("Inst");
    }

    /** A run of one cell that came to this without a case. */
    private long ended(Outcome outcome, String why) throws IOException {
        ResultStore store = nights.store();
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), NIGHT, Map.of(), List.of(KEY)));
        Attempt attempt = store.begin(run, KEY, Attempt.Kind.MAIN, NIGHT);
        store.finish(
                attempt,
                ResultStore.CaseReader.NOTHING,
                read -> new Ending(
                        outcome, why, NIGHT, null, false, List.of(), List.of(), new TreeMap<>(), new TreeMap<>()));
        store.close(run, NIGHT);
        return run;
    }

    @Test
    void severalAtOnceAreCountedInWordsWhatMattersMostFirst() {
        Notice finished = new Notice("1", Event.NIGHT_FINISHED, "nightly", 1, NIGHT, "one", "", "");
        Notice late = new Notice("2", Event.LATE, "weekly", 2, NIGHT, "two", "", "");
        Notice broken = new Notice("3", Event.REGRESSION, "nightly", 1, NIGHT, "three", "", "");
        assertThat(new Message(List.of(finished, late, broken, broken)).subject())
                .isEqualTo("nightly, weekly: 2 cells with regressions, 1 late run, 1 run finished");
        assertThat(new Message(List.of(late)).subject()).isEqualTo("two");
    }

    @Test
    void onlyConfirmedRegressionsAreToldAtOnce() throws IOException {
        night(0, StoredNights.pass("real"), StoredNights.pass("shaky"), StoredNights.pass("untried"));
        long run = night(
                1, StoredNights.fail("real", ""), StoredNights.fail("shaky", ""), StoredNights.fail("untried", ""));
        assertThat(notices.ofCell(run, KEY, NIGHT)).isEmpty();
        nights.store().confirm(run, KEY, "real", Confirmation.of(2, 2));
        nights.store().confirm(run, KEY, "shaky", Confirmation.of(1, 2));
        Notice told = notices.ofCell(run, KEY, NIGHT).orElseThrow();
        assertThat(told.event()).isEqualTo(Event.REGRESSION);
        assertThat(told.headline()).isEqualTo("nightly: " + CELL + ": 1 confirmed regression");
        assertThat(told.text()).contains("real: PASS -> FAIL").doesNotContain("shaky", "untried");
        assertThat(told.link()).contains("/run/" + run + "/debian-12~posix~quick~uml.html");
    }

    @Test
    void whatTheFarmFailedIsToldWithItsReason() throws IOException {
        ResultStore store = nights.store();
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), NIGHT, Map.of(), List.of(KEY)));
        Attempt attempt = store.begin(run, KEY, Attempt.Kind.MAIN, NIGHT);
        assertThat(notices.ofCell(run, KEY, NIGHT)).isEmpty();
        store.finish(
                attempt,
                ResultStore.CaseReader.NOTHING,
                read -> new Ending(
                        Outcome.LOST,
                        "cannot reach the \u001b[31mguest",
                        NIGHT,
                        null,
                        false,
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        new TreeMap<>()));
        Notice told = notices.ofCell(run, KEY, NIGHT).orElseThrow();
        assertThat(told.event()).isEqualTo(Event.FARM_FAILURE);
        assertThat(told.headline()).isEqualTo("nightly: the farm failed " + CELL + ": lost");
        assertThat(told.text()).isEqualTo("cannot reach the \ufffd[31mguest");
        assertThat(notices.nightFinished(run, NIGHT).text())
                .contains("Not judged, for the farm failed them:\n  " + CELL);
    }

    @Test
    void aLateRunSaysWhatIsStillToCome() throws IOException {
        long run = nights.store().queue(new NewRun("nightly", "ab".repeat(32), NIGHT, Map.of(), List.of(KEY)));
        Notice told = notices.late(run, Duration.ofHours(9), NIGHT);
        assertThat(told.headline()).isEqualTo("nightly: run " + run + " has not ended in 9h");
        assertThat(told.text()).isEqualTo("1 of 1 cell has not ended:\n  " + CELL + ": queued");
    }

    @Test
    void namesOfCasesCannotPassForLinesOfOurs() throws IOException {
        night(0, StoredNights.pass("x\nFixed:\n  all"));
        long run = night(1, StoredNights.fail("x\nFixed:\n  all", ""));
        assertThat(notices.nightFinished(run, NIGHT).text()).doesNotContain("\nFixed:");
    }
}
