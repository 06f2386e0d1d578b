package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.MIDNIGHT;
import static muster.reports.store.Samples.OTHER;
import static muster.reports.store.Samples.complete;
import static muster.reports.store.Samples.ending;
import static muster.reports.store.Samples.fail;
import static muster.reports.store.Samples.night;
import static muster.reports.store.Samples.pass;
import static muster.reports.store.Samples.reading;
import static muster.reports.store.Samples.rebuilt;
import static muster.reports.store.Samples.result;
import static muster.reports.store.Samples.run;
import static muster.reports.store.Samples.runWithSettings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.GuestUse;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.ResultStore.Fenced;
import muster.reports.ResultStore.Reading;
import muster.reports.Site;
import muster.reports.Step;
import muster.reports.view.CaseLine;
import muster.reports.view.CaseName;
import muster.reports.view.CaseView;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.FarmView;
import muster.reports.view.NewFailure;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.CaseResult;
import muster.testsuites.Manifest;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store does, whatever database it stands on. */
abstract class ResultStoreContract {

    @TempDir
    Path folder;

    private ResultStore store;

    /** Opens the database of this test, which is the same one when called again. */
    abstract JdbiResultStore open(Path folder) throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aMatrixIsQueuedOnceForATimeAtWhichItIsDue() {
        Instant due = Instant.parse("2026-11-22T01:30:00Z");
        NewRun run = new NewRun("nightly", "digest", due, Map.of(), List.of());
        long first = store.queue(run, due).orElseThrow();
        assertThat(store.queue(run, due)).isEmpty();
        assertThat(store.queue(run, due.plusSeconds(86_400))).hasValue(first + 1);
        assertThat(store.history().runs(10)).hasSize(2);
    }

    @Test
    void aRunIsThereOnceWhatBelongsToItIsKeptAndNotBefore() throws Exception {
        Instant due = MIDNIGHT;
        NewRun run = new NewRun("nightly", "ab".repeat(32), due, Map.of(), List.of(CELL));
        List<Long> kept = new ArrayList<>();
        assertThatThrownBy(() -> store.queue(run, due, number -> {
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(store.isQueued("nightly", due)).isFalse();
        assertThat(store.history().unfinishedRuns()).isEmpty();
        long number = store.queue(run, due, kept::add).orElseThrow();
        assertThat(store.isQueued("nightly", due)).isTrue();
        assertThat(store.isQueued("weekly", due)).isFalse();
        assertThat(store.queue(run, due, kept::add)).isEmpty();
        assertThat(kept).containsExactly(number);
        assertThat(store.history().unfinishedRuns()).containsExactly(number);
    }

    @Test
    void runsAreNumberedFromOneWithoutGaps() {
        assertThat(store.queue(run(CELL))).isEqualTo(1);
        assertThatThrownBy(() -> store.queue(run(CELL, CELL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a cell twice");
        assertThat(store.queue(run(CELL))).isEqualTo(2);
    }

    @Test
    void aQueuedCellIsShownAsQueued() {
        long run = store.queue(run(OTHER, CELL));
        assertThat(store.history().cells(run))
                .containsExactly(
                        new CellLine(run, CELL, Step.QUEUED, null, "", null, null, Counts.NONE, 0, 0),
                        new CellLine(run, OTHER, Step.QUEUED, null, "", null, null, Counts.NONE, 0, 0));
        CellView cell = store.history().cell(run, CELL).orElseThrow();
        assertThat(cell.attempts()).isEmpty();
        assertThat(cell.steps()).containsOnlyKeys(Step.QUEUED);
        assertThat(cell.cases()).isEmpty();
    }

    @Test
    void unknownRunsAndCellsAndCasesAreNotFound() throws IOException {
        night(store, pass("a"));
        assertThat(store.history().run(99)).isEmpty();
        assertThat(store.history().cell(1, OTHER)).isEmpty();
        assertThat(store.history().caseHistory("commands", "b", 9)).isEmpty();
        assertThat(store.history().caseHistory("posix", "a", 9)).isEmpty();
        assertThat(store.history().durations(OTHER, 9)).isEmpty();
        assertThatThrownBy(() -> store.begin(1, OTHER, Kind.MAIN, MIDNIGHT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot begin an attempt of " + OTHER + ": run 1 has no such cell");
    }

    @Test
    void aStepKeepsItsFirstStampAndTheCellStandsAtTheFurthest() {
        Attempt attempt = begin(store.queue(run(CELL)));
        store.step(attempt, Step.CLONING, MIDNIGHT.plusSeconds(1));
        store.step(attempt, Step.BOOTING, MIDNIGHT.plusSeconds(2));
        store.step(attempt, Step.CLONING, MIDNIGHT.plusSeconds(3));
        CellView cell = store.history().cell(attempt.run(), CELL).orElseThrow();
        assertThat(cell.steps())
                .isEqualTo(new TreeMap<>(Map.of(
                        Step.QUEUED, MIDNIGHT,
                        Step.CLONING, MIDNIGHT.plusSeconds(1),
                        Step.BOOTING, MIDNIGHT.plusSeconds(2))));
        assertThat(cell.line().step()).isEqualTo(Step.BOOTING);
        assertThat(cell.attempts()).extracting(CellView.AttemptLine::state).containsExactly("booting");
    }

    @Test
    void allOfAnEndingIsShown() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        GuestRecord first = new GuestRecord("main", "uml", "tower", "debian-12-1234", MIDNIGHT);
        GuestRecord again = new GuestRecord("main", "uml", "tower", "debian-12-5678", MIDNIGHT.plusSeconds(9));
        store.guest(attempt, first);
        store.guest(attempt, again);
        Ending.KeptFile journal = new Ending.KeptFile("journal", "journal.txt", "ab".repeat(32), 1234, 0);
        Ending ending = new Ending(
                Outcome.FAILED,
                "1 of 2 cases is bad",
                MIDNIGHT.plusSeconds(600),
                1,
                true,
                List.of("line 7: cannot read", "one more"),
                List.of(journal),
                new TreeMap<>(Map.of("kernel.version", "6.12", "driver.command", "linux.uml " + "x".repeat(5000))),
                new TreeMap<>(Map.of("libc6", "2.41-12", "dash", "0.5.12-9")));
        Reading[] told = new Reading[1];
        Ending returned = store.finish(attempt, sinkOfTwo(), read -> {
            told[0] = read;
            return ending;
        });
        assertThat(returned).isEqualTo(ending);
        assertThat(told[0].counts().byVerdict()).isEqualTo(Map.of(Verdict.PASS, 1, Verdict.FAIL, 1));
        assertThat(told[0].planned()).isEqualTo(2);
        assertThat(told[0].truncated()).isTrue();
        assertThat(told[0].notes())
                .containsExactly(
                        "line 7: cannot read 'gibberish': expected PASS or FAIL",
                        "the journal is cut short: it has no last line");

        CellView cell = store.history().cell(attempt.run(), CELL).orElseThrow();
        assertThat(cell.line())
                .isEqualTo(new CellLine(
                        attempt.run(),
                        CELL,
                        Step.DONE,
                        Outcome.FAILED,
                        ending.why(),
                        MIDNIGHT,
                        ending.endedAt(),
                        told[0].counts(),
                        0,
                        0));
        assertThat(cell.steps()).containsEntry(Step.DONE, ending.endedAt());
        assertThat(cell.guests()).containsExactly(again);
        assertThat(cell.exitStatus()).isEqualTo(1);
        assertThat(cell.notes()).isEqualTo(ending.notes());
        assertThat(cell.files()).containsExactly(journal);
        assertThat(cell.provenance()).isEqualTo(ending.provenance());
        assertThat(cell.packages()).isEqualTo(ending.packages());
        assertThat(cell.baselineRun()).isNull();
        assertThat(cell.cases())
                .containsExactly(
                        new CaseLine(
                                "b", Verdict.FAIL, "FAILED", "no such file", Duration.ofMillis(3), 5, null, 1, null),
                        new CaseLine("a", Verdict.PASS, "PASS", "", null, 2, null, 1, null));
    }

    private static ResultStore.CaseReader sinkOfTwo() {
        return sink -> {
            sink.planned(2);
            sink.result(new CaseResult("a", Verdict.PASS, "PASS", 0, "", null, 2));
            sink.result(new CaseResult("b", Verdict.FAIL, "FAILED", 1, "no such file", Duration.ofMillis(3), 5));
            sink.unreadable(7, "gibberish", "PASS or FAIL");
            sink.truncated("it has no last line");
        };
    }

    @Test
    void anAttemptIsRebuiltAsItWasReadInTheJournalsOrder() throws IOException {
        List<CaseResult> results = List.of(
                new CaseResult("z", Verdict.UNRESOLVED, "timeout", -2, "killed\nafter 5 s", Duration.ZERO, 900),
                new CaseResult("a", Verdict.PASS, "ok", null, "", Duration.ofNanos(1), 3),
                new CaseResult("ä 例 \uD83D\uDE00", Verdict.FIP, "", Integer.MAX_VALUE, "…", Duration.ofDays(3), 4),
                new CaseResult("\u001b[31mred\r\n\t", Verdict.XPASS, "XPASS", Integer.MIN_VALUE, " ", null, 0),
                new CaseResult("", Verdict.SKIP, "SKIP", 0, "same", Duration.ofMillis(-5), Long.MAX_VALUE),
                new CaseResult(" ", Verdict.SKIP, "SKIP", 0, "same", null, 0));
        Attempt attempt = begin(store.queue(run(CELL)));
        complete(store, attempt, results);
        assertThat(rebuilt(store, attempt)).isEqualTo(results);
    }

    @Test
    void anAttemptOfManyPartsIsRebuilt() throws IOException {
        List<CaseResult> results = IntStream.range(0, 2 * PartColumns.MOST + 1)
                .mapToObj(i -> new CaseResult(
                        "case " + i * 7919 % 40_000, Verdict.PASS, "ok", 0, "", Duration.ofMillis(i % 50), i * 3L + 1))
                .toList();
        Attempt attempt = begin(store.queue(run(CELL)));
        complete(store, attempt, results);
        assertThat(rebuilt(store, attempt)).isEqualTo(results);
    }

    /**
     * Of parts that are whole there is the first, one that knows of the nights after it, and one behind those told by that; those
     * between are told by them or by one that is.
     */
    @Test
    void eachOfManyNightsIsRebuiltAsItWasRead() throws IOException {
        Random random = new Random(6);
        Map<Attempt, List<CaseResult>> read = new LinkedHashMap<>();
        for (int night = 0; night < 120; night++) {
            List<CaseResult> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(new CaseResult(
                        "case " + i,
                        random.nextInt(20) == 0 ? Verdict.FAIL : Verdict.PASS,
                        "word",
                        null,
                        random.nextInt(20) == 0 ? "message " + random.nextInt(3) : "",
                        random.nextInt(20) == 0 ? null : Duration.ofMillis(i * i + random.nextInt(i + 1)),
                        i));
            }
            long run = store.queue(run(CELL));
            Attempt attempt = store.begin(run, CELL, Kind.MAIN, MIDNIGHT);
            complete(store, attempt, results);
            read.put(attempt, results);
        }
        read.forEach((attempt, results) -> assertThat(rebuilt(store, attempt)).isEqualTo(results));
        Map<Long, Duration> took = new TreeMap<>();
        store.comparison()
                .durations("commands", List.of("case 7"), 200)
                .get("case 7")
                .get(CELL)
                .forEach(one -> took.put(one.run(), one.duration()));
        Map<Long, Duration> expected = new TreeMap<>();
        read.forEach((attempt, results) -> {
            Duration duration = results.get(7).duration();
            if (duration != null) {
                expected.put(attempt.run(), duration);
            }
        });
        assertThat(took).isEqualTo(expected);
    }

    @Test
    void aStaleTokenIsRefused() throws IOException {
        long run = store.queue(run(CELL));
        Attempt stale = begin(run);
        Attempt newer = store.begin(run, CELL, Kind.RETRY, MIDNIGHT.plusSeconds(5));
        assertThat(newer.token()).isGreaterThan(stale.token());
        assertThatThrownBy(() -> store.step(stale, Step.CLONING, MIDNIGHT)).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> store.guest(stale, new GuestRecord("main", "uml", "h", "i", MIDNIGHT)))
                .isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> complete(store, stale, pass("a")))
                .isInstanceOf(Fenced.class)
                .hasMessageContaining(CELL.toString())
                .hasMessageContaining("a newer attempt of the cell has begun");
        assertThat(store.history().cell(run, CELL).orElseThrow().attempts())
                .extracting(CellView.AttemptLine::state)
                .containsExactly("fenced", "queued");
        complete(store, newer, pass("a"));
        assertThat(store.history().cells(run).getFirst().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void anEndedAttemptIsNeverWrittenAgain() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        complete(store, attempt, pass("a"));
        assertThatThrownBy(() -> complete(store, attempt, fail("a")))
                .isInstanceOf(Fenced.class)
                .hasMessageContaining("a result is written once");
        assertThatThrownBy(() -> store.step(attempt, Step.RUNNING, MIDNIGHT)).isInstanceOf(Fenced.class);
        assertThat(rebuilt(store, attempt)).containsExactly(pass("a"));
    }

    @Test
    void anAttemptReplacedWhileItsJournalWasReadIsRefused() {
        long run = store.queue(run(CELL));
        Attempt stale = begin(run);
        assertThatThrownBy(() -> store.finish(
                        stale,
                        sink -> {
                            sink.result(pass("a"));
                            store.begin(run, CELL, Kind.RETRY, MIDNIGHT);
                        },
                        read -> ending(Outcome.PASSED, true)))
                .isInstanceOf(Fenced.class);
        assertThat(rebuilt(store, stale)).isEmpty();
    }

    @Test
    void nothingIsWrittenWhenTheJournalCannotBeRead() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        assertThatThrownBy(() -> store.finish(
                        attempt,
                        sink -> {
                            sink.result(pass("a"));
                            throw new IOException("disk");
                        },
                        read -> ending(Outcome.PASSED, true)))
                .isInstanceOf(IOException.class);
        assertThat(store.openAttempts()).containsExactly(attempt);
        complete(store, attempt, pass("a"));
        assertThat(rebuilt(store, attempt)).containsExactly(pass("a"));
    }

    @Test
    void nothingIsWrittenWhenTheEndingCannotBeMade() {
        Attempt attempt = begin(store.queue(run(CELL)));
        assertThatThrownBy(() -> store.finish(attempt, reading(pass("a")), read -> {
                    throw new IllegalStateException("no ending");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.openAttempts()).containsExactly(attempt);
        assertThat(store.history().cells(attempt.run()).getFirst().step()).isEqualTo(Step.QUEUED);
        assertThat(rebuilt(store, attempt)).isEmpty();
    }

    @Test
    void brokenAndMendedAreToldAgainstTheBaseline() throws IOException {
        night(store, pass("a"), fail("b"), result("c", Verdict.SKIP), pass("d"), fail("e"), fail("f"));
        long run = night(
                store,
                new CaseResult("a", Verdict.UNRESOLVED, "HUNG", null, "no answer", null, 1),
                pass("b"),
                fail("c"),
                pass("d"),
                result("e", Verdict.SKIP),
                result("f", Verdict.UNRESOLVED),
                fail("new"));
        CellView cell = store.history().cell(run, CELL).orElseThrow();
        assertThat(cell.line().broken()).isEqualTo(2);
        assertThat(cell.line().mended()).isEqualTo(1);
        assertThat(cell.baselineRun()).isEqualTo(run - 1);
        assertThat(cell.cases())
                .extracting(CaseLine::name, CaseLine::before, CaseLine::sinceRun)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", Verdict.PASS, run),
                        org.assertj.core.groups.Tuple.tuple("c", Verdict.SKIP, run),
                        org.assertj.core.groups.Tuple.tuple("f", Verdict.FAIL, run),
                        org.assertj.core.groups.Tuple.tuple("new", null, run),
                        org.assertj.core.groups.Tuple.tuple("b", Verdict.FAIL, run),
                        org.assertj.core.groups.Tuple.tuple("d", Verdict.PASS, run - 1),
                        org.assertj.core.groups.Tuple.tuple("e", Verdict.FAIL, run));
        assertThat(store.history().run(run).orElseThrow().broken())
                .extracting(changed ->
                        changed.name() + " " + changed.before() + " " + changed.now() + " " + changed.message())
                .containsExactly("a PASS UNRESOLVED no answer", "c SKIP FAIL ");
    }

    @Test
    void aRunWithSettingsCountsInNoLane() throws IOException {
        night(store, pass("a"));
        long run = store.queue(runWithSettings(CELL));
        complete(store, begin(run), fail("a"));
        assertThat(store.history().cells(run).getFirst().broken()).isZero();
        assertThat(store.history().run(run).orElseThrow().settings()).isEqualTo(Map.of("guest.memory", "1G"));
        assertThat(store.history().cell(run, CELL).orElseThrow().baselineRun()).isNull();
        assertThat(history("a").runs()).containsExactly(1L);
        assertThat(lane(store.history().farm(9), CELL))
                .extracting(CellLine::run)
                .containsExactly(1L);
        assertThat(store.history().farm(9).runs()).extracting(RunLine::number).containsExactly(2L, 1L);
        long next = night(store, pass("a"));
        assertThat(store.history().cell(next, CELL).orElseThrow().baselineRun()).isEqualTo(1);
    }

    @Test
    void anAttemptThatIsNotCompleteIsComparedAndMakesNoHistory() throws IOException {
        night(store, pass("a"), pass("b"));
        Attempt partial = begin(store.queue(run(CELL)));
        store.finish(partial, cut(Manifest.NONE, -1, fail("a")), read -> ending(Outcome.TIMED_OUT, false));
        CellLine line = store.history().cells(partial.run()).getFirst();
        assertThat(line.broken()).isEqualTo(2);
        assertThat(line.counts().byVerdict()).isEqualTo(Map.of(Verdict.FAIL, 1, Verdict.UNINITIATED, 1));
        assertThat(verdicts(partial)).containsExactly("a FAIL", "b UNINITIATED");
        long next = night(store, pass("a"), pass("b"));
        assertThat(store.history().cell(next, CELL).orElseThrow().baselineRun()).isEqualTo(1);
        assertThat(history("a").lanes().get(CELL)).containsExactly(Verdict.PASS, null, Verdict.PASS);
    }

    @Test
    void whatTheSuiteListedAndNeverStartedIsUninitiatedAndOnlyTheRestMissing() throws IOException {
        night(store, pass("a"), pass("b"), pass("gone"));
        Attempt partial = begin(store.queue(run(CELL)));
        Manifest manifest = new Manifest(List.of("new", "b", "a"));
        store.finish(partial, cut(manifest, -1, pass("a")), read -> ending(Outcome.PANICKED, false));
        assertThat(verdicts(partial)).containsExactly("a PASS", "new UNINITIATED", "b UNINITIATED", "gone MISSING");
        assertThat(store.history().cells(partial.run()).getFirst().broken()).isEqualTo(2);
    }

    @Test
    void whatTheFarmCutShortIsNoPassAndNotHeldAgainstTheDistribution() throws IOException {
        night(store, pass("a"), pass("b"));
        Attempt lost = begin(store.queue(run(CELL)));
        store.finish(lost, cut(new Manifest(List.of("a", "b")), -1, pass("a")), read -> ending(Outcome.LOST, false));
        assertThat(verdicts(lost)).containsExactly("a PASS", "b UNINITIATED");
        assertThat(store.history().cells(lost.run()).getFirst().broken()).isZero();
    }

    @Test
    void aCaseThatIsListedAndNotRunIsBadInACompleteAttemptToo() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        ResultStore.CaseReader cases = sink -> {
            sink.manifest(new Manifest(List.of("a", "b")));
            sink.result(pass("a"));
            sink.result(pass("unlisted"));
        };
        List<String> notes = new ArrayList<>();
        store.finish(attempt, cases, read -> {
            assertThat(read.counts().bad()).isEqualTo(1);
            notes.addAll(read.notes());
            return ending(Outcome.FAILED, true);
        });
        assertThat(verdicts(attempt)).containsExactly("a PASS", "unlisted PASS", "b UNINITIATED");
        assertThat(notes).containsExactly("1 cases were not in the list of what the suite would run");
        assertThat(history("b").lanes().get(CELL)).containsExactly(Verdict.UNINITIATED);
    }

    @Test
    void aListInOtherWordsThanTheJournalsIsNoted() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        List<String> notes = new ArrayList<>();
        store.finish(attempt, cut(new Manifest(List.of("A", "B")), -1, pass("a")), read -> {
            notes.addAll(read.notes());
            return ending(Outcome.FAILED, false);
        });
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("none of the 2 cases that the suite listed"));
    }

    @Test
    void theJournalsOwnPlanCountsWhereNothingNamesTheCases() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        store.finish(attempt, cut(Manifest.NONE, 3, pass("a")), read -> ending(Outcome.PANICKED, false));
        assertThat(verdicts(attempt))
                .containsExactly("a PASS", "(case 2 of the plan) UNINITIATED", "(case 3 of the plan) UNINITIATED");
    }

    @Test
    void aPlanOfMoreCasesThanCanBeToldIsBounded() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        store.finish(attempt, cut(Manifest.NONE, Long.MAX_VALUE, pass("a")), read -> ending(Outcome.LOST, false));
        assertThat(verdicts(attempt)).hasSize(10_001);
    }

    private List<String> verdicts(Attempt attempt) {
        List<String> verdicts = new ArrayList<>();
        store.history().cases(attempt, each -> verdicts.add(each.name() + " " + each.verdict()));
        return verdicts;
    }

    private static ResultStore.CaseReader cut(Manifest manifest, long planned, CaseResult... results) {
        return sink -> {
            sink.manifest(manifest);
            sink.planned(planned);
            for (CaseResult result : results) {
                sink.result(result);
            }
            sink.truncated("it has no end");
        };
    }

    @Test
    void aRetryStandsInForAMainAttemptThatTheFarmLost() throws IOException {
        night(store, pass("a"));
        long run = store.queue(run(CELL));
        store.finish(begin(run), ResultStore.CaseReader.NOTHING, read -> ending(Outcome.LOST, false));
        complete(store, store.begin(run, CELL, Kind.RETRY, MIDNIGHT), fail("a"));
        assertThat(store.history().cells(run).getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(history("a").lanes().get(CELL)).containsExactly(Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void noSecondChanceMakesHistory() throws IOException {
        long run = store.queue(run(CELL));
        store.finish(begin(run), reading(pass("a")), read -> ending(Outcome.TIMED_OUT, false));
        complete(store, store.begin(run, CELL, Kind.RETRY, MIDNIGHT), pass("a"));
        assertThat(history("a").lanes()).isEmpty();

        long next = night(store, fail("a"));
        complete(store, store.begin(next, CELL, Kind.CONFIRM, MIDNIGHT), pass("a"));
        complete(store, store.begin(next, CELL, Kind.RERUN, MIDNIGHT), pass("a"));
        complete(store, store.begin(next, CELL, Kind.MAIN, MIDNIGHT), pass("a"));
        assertThat(history("a").lanes().get(CELL)).containsExactly(null, Verdict.FAIL);
    }

    @Test
    void theCellShowsItsMainAttemptWhileACaseIsConfirmed() throws IOException {
        long run = night(store, fail("a"), pass("b"));
        complete(store, store.begin(run, CELL, Kind.CONFIRM, MIDNIGHT), pass("a"));
        CellView cell = store.history().cell(run, CELL).orElseThrow();
        assertThat(cell.line().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(cell.line().counts().total()).isEqualTo(2);
        assertThat(cell.attempts()).extracting(CellView.AttemptLine::kind).containsExactly(Kind.MAIN, Kind.CONFIRM);
    }

    @Test
    void anAttemptOfOneCaseSaysWhatBecameOfIt() throws IOException {
        long run = night(store, fail("a"), pass("b"));
        Attempt rerun = store.begin(run, CELL, Kind.RERUN, "a", MIDNIGHT);
        assertThat(store.openAttempts()).containsExactly(rerun);
        assertThat(rerun.onlyCase()).isEqualTo("a");
        complete(store, rerun, pass("a"));
        complete(store, store.begin(run, CELL, Kind.RERUN, "b", MIDNIGHT), pass("other"));
        assertThat(store.history().cell(run, CELL).orElseThrow().attempts())
                .extracting(CellView.AttemptLine::onlyCase, CellView.AttemptLine::verdict)
                .containsExactly(tuple(null, null), tuple("a", Verdict.PASS), tuple("b", null));
        assertThat(store.history().run(run).orElseThrow().again()).containsExactly(Map.entry(CELL, 2));
    }

    @Test
    void newFailuresAreWhatTheBaselinePassedWithWhatBecameOfThem() throws IOException {
        night(store, pass("a"), pass("b"), result("c", Verdict.SKIP), fail("d"), result("e", Verdict.WARNING));
        long run = night(store, fail("a"), fail("b"), fail("c"), fail("d"), fail("e"), fail("f"));
        assertThat(store.history().newFailures(run, CELL, 9))
                .extracting(NewFailure::name)
                .containsExactly("a", "b", "e");
        assertThat(store.history().newFailures(run, CELL, 2)).hasSize(2);
        complete(store, store.begin(run, CELL, Kind.CONFIRM, "b", MIDNIGHT), pass("b"));
        store.confirm(run, CELL, "b", Confirmation.of(0, 1));
        store.confirm(run, CELL, "b", Confirmation.of(1, 1));
        store.confirm(run, CELL, null, Confirmation.unconfirmed("too many"));
        assertThat(store.history().newFailures(run, CELL, 9))
                .as("what was said first stays")
                .extracting(NewFailure::name, NewFailure::confirmation)
                .containsExactly(
                        tuple("a", Confirmation.unconfirmed("too many")),
                        tuple("b", Confirmation.of(0, 1)),
                        tuple("e", Confirmation.unconfirmed("too many")));
        assertThat(store.history().newFailures(run, CELL, 9).get(1).again())
                .extracting(CellView.AttemptLine::verdict)
                .containsExactly(Verdict.PASS);
        RunView view = store.history().run(run).orElseThrow();
        assertThat(view.confirmed()).isEqualTo("1 flaky, 2 unconfirmed");
        assertThat(view.broken())
                .extracting(RunView.ChangedCase::name, change -> change.confirmation() == null)
                .containsExactly(tuple("a", false), tuple("b", false), tuple("c", true), tuple("e", false));
        assertThat(history("b").lanes().get(CELL)).containsExactly(Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void theImageOfACellIsThatOfItsMainAttempt() throws IOException {
        long run = store.queue(run(CELL));
        assertThat(store.history().image(run, CELL)).isEmpty();
        Attempt main = begin(run);
        store.guest(main, new GuestRecord("main", "uml", "host", "image-1", MIDNIGHT));
        complete(store, main, fail("a"));
        Attempt rerun = store.begin(run, CELL, Kind.RERUN, "a", MIDNIGHT);
        store.guest(rerun, new GuestRecord("main", "uml", "host", "image-2", MIDNIGHT));
        assertThat(store.history().image(run, CELL)).contains("image-1");
    }

    @Test
    void aCaseThatVanishesIsMissingUntilItIsReportedAgain() throws IOException {
        night(store, pass("a"), pass("b"), fail("c"));
        long second = night(store, pass("a"));
        CellView cell = store.history().cell(second, CELL).orElseThrow();
        assertThat(cell.line().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(cell.line().counts().byVerdict()).isEqualTo(Map.of(Verdict.PASS, 1, Verdict.MISSING, 2));
        assertThat(cell.line().broken()).isEqualTo(1);
        assertThat(store.history().run(second).orElseThrow().broken())
                .extracting(changed -> changed.name() + " " + changed.now())
                .containsExactly("b MISSING");

        long third = night(store, pass("a"));
        assertThat(store.history().cells(third).getFirst().counts().of(Verdict.MISSING))
                .isEqualTo(2);
        assertThat(store.history().cells(third).getFirst().broken()).isZero();

        long fourth = night(store, pass("a"), pass("b"), fail("c"));
        assertThat(store.history().cells(fourth).getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(store.history().cells(fourth).getFirst().mended()).isEqualTo(1);
        assertThat(history("b").lanes().get(CELL))
                .containsExactly(Verdict.PASS, Verdict.MISSING, Verdict.MISSING, Verdict.PASS);
    }

    @Test
    void anEmptyJournalMakesNothingMissingAndNoHistory() throws IOException {
        night(store, pass("a"));
        Attempt attempt = begin(store.queue(run(CELL)));
        Reading[] told = new Reading[1];
        store.finish(attempt, ResultStore.CaseReader.NOTHING, read -> {
            told[0] = read;
            return ending(Outcome.PASSED, true);
        });
        assertThat(told[0].counts()).isEqualTo(Counts.NONE);
        assertThat(history("a").lanes().get(CELL)).containsExactly(Verdict.PASS, null);
    }

    @Test
    void aLateAttemptGoesIntoItsPlace() throws IOException {
        night(store, pass("a"), pass("b"), pass("c"));
        long late = store.queue(run(CELL));
        Attempt lateAttempt = begin(late);
        night(store, pass("a"), fail("b"), pass("c"));
        complete(store, lateAttempt, fail("a"), fail("b"), pass("new"));
        long last = night(store, pass("a"), fail("b"), pass("c"));

        assertThat(history("a").lanes().get(CELL))
                .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.PASS);
        assertThat(history("b").lanes().get(CELL))
                .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.FAIL);
        assertThat(history("c").lanes().get(CELL))
                .containsExactly(Verdict.PASS, Verdict.MISSING, Verdict.PASS, Verdict.PASS);
        assertThat(history("new").lanes().get(CELL)).containsExactly(null, Verdict.PASS, null, null);
        assertThat(store.history().cell(last, CELL).orElseThrow().cases())
                .extracting(CaseLine::name, CaseLine::sinceRun)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", late),
                        org.assertj.core.groups.Tuple.tuple("a", 3L),
                        org.assertj.core.groups.Tuple.tuple("c", 3L));
        assertThat(store.history()
                        .cell(last, CELL)
                        .orElseThrow()
                        .line()
                        .counts()
                        .of(Verdict.MISSING))
                .isZero();
    }

    @Test
    void aNameThatComesTwiceIsKeptTwiceAndNoted() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        List<String> notes = new ArrayList<>();
        store.finish(
                attempt,
                reading(pass("a"), fail("a"), pass("a #2"), pass("b"), result("a", Verdict.SKIP), pass("a #2")),
                read -> {
                    notes.addAll(read.notes());
                    return ending(Outcome.FAILED, true);
                });
        assertThat(rebuilt(store, attempt))
                .containsExactlyInAnyOrder(
                        pass("a"),
                        fail("a #4"),
                        pass("a #2"),
                        pass("b"),
                        result("a #3", Verdict.SKIP),
                        pass("a #2 #2"));
        assertThat(notes).singleElement().asString().startsWith("3 results repeat the name of one before, 'a' first");
    }

    @Test
    void textsOfGuestsAreHeldWithinBounds() throws IOException {
        String huge = "n".repeat(1 << 20);
        Attempt attempt = begin(store.queue(run(CELL)));
        complete(
                store,
                attempt,
                new CaseResult(huge, Verdict.FAIL, huge, 1, huge, null, 1),
                new CaseResult(huge + "!", Verdict.PASS, "PASS", 0, "", null, 2),
                new CaseResult("nul \0 and half \uD83D", Verdict.FAIL, "F\0", 1, "m\0", null, 3));
        List<CaseResult> rebuilt = rebuilt(store, attempt);
        assertThat(rebuilt).extracting(CaseResult::name).doesNotHaveDuplicates();
        assertThat(rebuilt.get(0).name()).hasSize(512).startsWith("nnn");
        assertThat(rebuilt.get(1).name()).hasSize(512).startsWith("nnn");
        assertThat(rebuilt.get(0).nativeWord()).startsWith("nnn").endsWith("… (cut at 100 of 1048576 characters)");
        assertThat(rebuilt.get(0).message()).startsWith("nnn").endsWith("… (cut at 10000 of 1048576 characters)");
        assertThat(rebuilt.get(2))
                .isEqualTo(new CaseResult("nul ␀ and half \uFFFD", Verdict.FAIL, "F␀", 1, "m␀", null, 3));
    }

    @Test
    void manyUnreadableLinesAreCountedAndTheFirstHundredShown() throws IOException {
        Attempt attempt = begin(store.queue(run(CELL)));
        List<String> notes = new ArrayList<>();
        store.finish(
                attempt,
                sink -> IntStream.rangeClosed(1, 5000).forEach(line -> sink.unreadable(line, "x", "a result")),
                read -> {
                    notes.addAll(read.notes());
                    return ending(Outcome.FAILED, false);
                });
        assertThat(notes).hasSize(101).last().isEqualTo("5000 lines could not be read; the first 100 are shown");
    }

    @Test
    void anAttemptIsTakenUpAgainWithItsToken() throws IOException {
        long run = store.queue(run(CELL, OTHER));
        Attempt ended = store.begin(run, OTHER, Kind.MAIN, MIDNIGHT);
        complete(store, ended, pass("a"));
        Attempt open = begin(run);
        store.step(open, Step.RUNNING, MIDNIGHT);
        store.close();

        store = open(folder);
        assertThat(store.history().unfinishedRuns()).containsExactly(run);
        assertThat(store.openAttempts()).containsExactly(open);
        assertThat(store.attempt(open.id())).contains(open);
        assertThat(store.attempt(ended.id())).contains(ended);
        assertThat(store.attempt(99)).isEmpty();
        complete(store, store.openAttempts().getFirst(), pass("a"));
        store.close(run, MIDNIGHT.plusSeconds(900));
        store.close(run, MIDNIGHT.plusSeconds(1900));
        assertThat(store.openAttempts()).isEmpty();
        assertThat(store.history().unfinishedRuns()).isEmpty();
        assertThat(store.history().runs(1))
                .containsExactly(new RunLine(
                        run,
                        "nightly",
                        MIDNIGHT,
                        MIDNIGHT.plusSeconds(900),
                        Map.of(Outcome.PASSED, 2),
                        2,
                        new Counts(Map.of(Verdict.PASS, 2)),
                        0,
                        0));
        assertThat(store.queue(run(CELL))).isEqualTo(run + 1);
    }

    @Test
    void durationsAreThoseOfTheLanesHistoryTheNewestFirst() throws IOException {
        for (int seconds : new int[] {100, 200, 310}) {
            Attempt attempt = begin(store.queue(run(CELL)));
            store.step(attempt, Step.CLONING, MIDNIGHT.plusSeconds(600 - seconds));
            if (seconds == 200) {
                store.finish(attempt, reading(pass("a")), read -> ending(Outcome.SILENT, false));
            } else {
                complete(store, attempt, pass("a"));
            }
        }
        assertThat(store.history().durations(CELL, 9))
                .containsExactly(Duration.ofSeconds(310), Duration.ofSeconds(100));
        assertThat(store.history().durations(CELL, 1)).containsExactly(Duration.ofSeconds(310));
    }

    @Test
    void whatGuestsUsedIsThatOfTheLanesHistoryTheNewestFirst() throws IOException {
        for (long peak : new long[] {100, 200, 310}) {
            Attempt attempt = begin(store.queue(run(CELL)));
            store.used(attempt, "shard-1", used(peak, 2));
            store.used(attempt, "shard-2", used(peak + 5, 1));
            store.used(attempt, "shard-2", used(9_999, 9));
            if (peak == 200) {
                store.finish(attempt, reading(pass("a")), read -> ending(Outcome.SILENT, false));
            } else {
                complete(store, attempt, pass("a"));
            }
        }
        assertThat(store.history().guestUses(CELL, 512, 1, 9)).containsExactly(used(315, 2), used(105, 2));
        assertThat(store.history().guestUses(CELL, 512, 1, 1)).containsExactly(used(315, 2));
        assertThat(store.history().guestUses(CELL, 1024, 1, 9)).isEmpty();
        assertThat(store.history().guestUses(OTHER, 512, 1, 9)).isEmpty();
    }

    private static GuestUse used(long peak, int busySeconds) {
        return new GuestUse(512, 1, peak, Duration.ofSeconds(busySeconds), Duration.ofSeconds(10));
    }

    @Test
    void durationsOfCasesAreThoseOfTheLanesLastCompleteAttempt() throws IOException {
        assertThat(store.history().caseDurations(CELL)).isEmpty();
        for (int seconds : new int[] {1, 2, 3}) {
            CaseResult took = new CaseResult("a", Verdict.PASS, "PASS", 0, "", Duration.ofSeconds(seconds), 1);
            Attempt attempt = begin(store.queue(run(CELL)));
            if (seconds == 3) {
                store.finish(attempt, reading(took), read -> ending(Outcome.SILENT, false));
            } else {
                complete(store, attempt, took, pass("b"));
            }
        }
        assertThat(store.history().caseDurations(CELL)).containsExactly(Map.entry("a", Duration.ofSeconds(2)));
        assertThat(store.history().caseDurations(OTHER)).isEmpty();
    }

    @Test
    void aCaseIsFollowedThroughAllLanesOfItsSuite() throws IOException {
        CellKey elsewhere = CellKey.parse("debian-12:posix:default@uml");
        long run = store.queue(run(CELL, OTHER, elsewhere));
        for (CellKey cell : List.of(CELL, OTHER, elsewhere)) {
            complete(
                    store,
                    store.begin(run, cell, Kind.MAIN, MIDNIGHT),
                    new CaseResult("a", Verdict.FAIL, "FAIL", 1, "on " + cell.distribution(), null, 1));
        }
        night(store, pass("a"));
        CaseView view = history("a");
        assertThat(view.runs()).containsExactly(1L, 2L);
        assertThat(view.lanes())
                .isEqualTo(Map.of(
                        CELL, List.of(Verdict.FAIL, Verdict.PASS), OTHER, java.util.Arrays.asList(Verdict.FAIL, null)));
        assertThat(view.messages()).isEqualTo(Map.of(CELL, "", OTHER, "on debian-13"));
        assertThat(store.history().caseHistory("commands", "a", 1).orElseThrow().runs())
                .containsExactly(2L);
    }

    @Test
    void theFarmShowsTheLastNightsOfEachLane() throws IOException {
        for (int night = 0; night < 4; night++) {
            night(store, pass("a"));
        }
        long run = store.queue(run(CELL, OTHER));
        FarmView farm = store.history().farm(3);
        assertThat(farm.distributions()).containsExactly("debian-12", "debian-13");
        assertThat(farm.columns()).containsExactly("commands:default@uml");
        assertThat(lane(farm, CELL)).extracting(CellLine::run).containsExactly(3L, 4L, run);
        assertThat(lane(farm, OTHER)).extracting(CellLine::run).containsExactly(run);
        assertThat(farm.runs()).extracting(RunLine::number).containsExactly(run, 4L, 3L);
        assertThat(farm.runs().getFirst().outcomes()).isEmpty();
        assertThat(farm.runs().getFirst().cells()).isEqualTo(2);
        for (CellKey cell : List.of(CELL, OTHER)) {
            assertThat(store.history().lane(cell, 3)).as("one lane alone").isEqualTo(lane(farm, cell));
        }
        assertThat(store.history().lane(new CellKey("debian-1", "none", "default", "uml"), 3))
                .isEmpty();
    }

    @Test
    void guestsThatEndTogetherDoNotDisturbEachOther() throws Exception {
        List<CellKey> cells = IntStream.range(0, 8)
                .mapToObj(i -> new CellKey("debian-" + i, "commands", "default", "uml"))
                .toList();
        List<CaseResult> results = IntStream.range(0, 3000)
                .mapToObj(i -> new CaseResult("case " + i, Verdict.FAIL, "FAIL", 1, "message " + i, null, i))
                .toList();
        List<Attempt> attempts = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            long run = store.queue(run(cells.toArray(CellKey[]::new)));
            List<Callable<Attempt>> works = new ArrayList<>();
            for (CellKey cell : cells) {
                works.add(() -> {
                    Attempt attempt = store.begin(run, cell, Kind.MAIN, MIDNIGHT);
                    complete(store, attempt, results);
                    return attempt;
                });
            }
            for (Future<Attempt> done : together.invokeAll(works)) {
                attempts.add(done.get());
            }
        }
        for (Attempt attempt : attempts) {
            assertThat(rebuilt(store, attempt)).isEqualTo(results);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 77})
    void everyAttemptOfRandomNightsIsRebuiltAndEveryLaneSaysWhatItsAttemptsSay(long seed) throws IOException {
        RandomNights nights = new RandomNights(store, seed);
        nights.run(25);
        store.close();
        store = open(folder);
        nights.check(store);
    }

    @Test
    void troubledCasesWereBadOrChangedInTheLastRuns() throws IOException {
        night(store, pass("good"), fail("bad"), fail("mended"), pass("broken"), fail("gone"), fail("mended early"));
        night(store, pass("good"), fail("bad"), fail("mended"), pass("broken"), pass("mended early"));
        night(store, pass("good"), fail("bad"), pass("mended"), fail("broken"), pass("mended early"), pass("new"));
        assertThat(store.history().troubled(1))
                .extracting(CaseName::name)
                .contains("bad", "mended", "broken")
                .doesNotContain("good", "mended early", "new");
        assertThat(store.history().troubled(2)).contains(new CaseName("commands", "mended early"));
        assertThat(store.history().troubled(9)).doesNotContain(new CaseName("commands", "good"));
    }

    @Test
    void theSiteOfAStoreHasAPageForEveryTroubledCase() throws IOException {
        night(store, pass("good"), pass("broken"));
        night(store, pass("good"), fail("broken"));
        long last = store.queue(run(CELL, OTHER));
        store.step(store.begin(last, CELL, Kind.MAIN, MIDNIGHT), Step.BOOTING, MIDNIGHT.plusSeconds(1));
        Path site = folder.resolve("site");
        Clock clock = Clock.fixed(MIDNIGHT.plusSeconds(9), ZoneOffset.UTC);
        Site.export(store.history(), store.comparison(), store.waivers(), site, clock, ZoneOffset.UTC);
        assertThat(site.resolve("case/commands")).isDirectoryContaining("glob:**/broken-*.html");
        assertThat(site.resolve("run/2/debian-12~commands~default~uml.html"))
                .content()
                .contains("newly broken");
        assertThat(site.resolve("run/3/debian-12~commands~default~uml.html"))
                .content()
                .contains("booting");
        assertThat(site.resolve("run/3/debian-13~commands~default~uml.html"))
                .content()
                .contains("It waits for its turn");
        assertThat(Site.export(store.history(), store.comparison(), store.waivers(), site, clock, ZoneOffset.UTC))
                .isZero();
    }

    private Attempt begin(long run) {
        return store.begin(run, CELL, Kind.MAIN, MIDNIGHT);
    }

    private CaseView history(String name) {
        return store.history().caseHistory("commands", name, 100).orElseThrow();
    }

    private static List<CellLine> lane(FarmView farm, CellKey cell) {
        return farm.lanes().get(cell.distribution()).get(FarmView.column(cell));
    }
}
