package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.MIDNIGHT;
import static muster.reports.store.Samples.OTHER;
import static muster.reports.store.Samples.fail;
import static muster.reports.store.Samples.night;
import static muster.reports.store.Samples.pass;
import static muster.reports.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.view.CaseChange;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CasePart;
import muster.reports.view.CaseView;
import muster.reports.view.Cause;
import muster.reports.view.CellView;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.FlakyCase;
import muster.reports.view.GuestTime;
import muster.reports.view.SharedFact;
import muster.reports.view.SlowCase;
import muster.reports.view.Took;
import muster.reports.view.VerdictsAt;
import muster.reports.view.Why;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of two nights, whatever database holds them. */
abstract class ComparisonContract {

    @TempDir
    Path folder;

    private JdbiResultStore store;
    private Comparison comparison;

    abstract JdbiResultStore open(Path folder) throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open(folder);
        comparison = store.comparison();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void everyCaseOfANightIsOneOfTheChanges() throws IOException {
        night(store, pass("a"), fail("b"), fail("c"), pass("d"), result("e", Verdict.PASS), pass("f"));
        long run = night(
                store,
                because("a", "no such file"),
                pass("b"),
                because("c", "still no"),
                pass("d"),
                result("e", Verdict.SKIP),
                fail("new"));
        Changes changes = comparison.sinceBaseline(run, 10);
        assertThat(changes.cases())
                .extracting(CaseChange::change, CaseChange::name, CaseChange::message, CaseChange::sinceRun)
                .containsExactly(
                        tuple(Change.BROKEN, "a", "no such file", run),
                        tuple(Change.BROKEN, "f", "", run),
                        tuple(Change.MENDED, "b", "", run),
                        tuple(Change.STILL_BAD, "c", "still no", run - 1),
                        tuple(Change.ADDED, "new", "", run));
        assertThat(changes.totals())
                .isEqualTo(Map.of(
                        Change.BROKEN,
                        2,
                        Change.MENDED,
                        1,
                        Change.STILL_BAD,
                        1,
                        Change.ADDED,
                        1,
                        Change.OTHER,
                        1,
                        Change.NONE,
                        1));
        assertThat(changes.byDistribution()).isEqualTo(Map.of("debian-12", changes.totals()));
        assertThat(changes.transitions())
                .contains(
                        new Changes.Transition(Verdict.PASS, Verdict.FAIL, 1),
                        new Changes.Transition(Verdict.PASS, Verdict.MISSING, 1),
                        new Changes.Transition(null, Verdict.FAIL, 1));
        assertThat(changes.transitions().stream()
                        .mapToInt(Changes.Transition::cases)
                        .sum())
                .isEqualTo(7);
        assertThat(changes.onlyNow()).isEmpty();
        assertThat(comparison.sinceBaseline(1, 10).onlyNow()).containsExactly(CELL);
    }

    @Test
    void onlyAsManyAreNamedAsWereAskedForAndAllAreCounted() throws IOException {
        night(store, pass("a"), pass("b"), pass("c"));
        long run = night(store, fail("a"), fail("b"), fail("c"));
        Changes changes = comparison.sinceBaseline(run, 2);
        assertThat(changes.of(Change.BROKEN)).hasSize(2);
        assertThat(changes.totals()).isEqualTo(Map.of(Change.BROKEN, 3));
    }

    @Test
    void anyTwoRunsAreComparedLaneByLane() throws IOException {
        night(store, pass("a"), pass("x"));
        night(store, fail("a"));
        long last = store.queue(Samples.run(CELL, OTHER));
        Samples.complete(store, store.begin(last, CELL, Attempt.Kind.MAIN, MIDNIGHT), pass("a"), pass("x"), fail("z"));
        Samples.complete(store, store.begin(last, OTHER, Attempt.Kind.MAIN, MIDNIGHT), pass("a"));
        Changes changes = comparison.between(1, last, 10);
        assertThat(changes.cases())
                .extracting(CaseChange::change, CaseChange::name)
                .containsExactly(tuple(Change.ADDED, "z"));
        assertThat(changes.onlyNow()).containsExactly(OTHER);
        assertThat(comparison.between(last, 1, 10).onlyBefore()).containsExactly(OTHER);
        assertThat(comparison.between(last, 1, 10).of(Change.GONE))
                .extracting(CaseChange::name)
                .containsExactly("z");
    }

    @Test
    void whyNamesTheLastGoodAndTheFirstBadNightAndWhatDiffersMostTellingFirst() throws IOException {
        nightOn(
                CELL,
                Map.of("kernel.version", "6.1", "host.load", "1"),
                Map.of("libc6", "2.36", "dash", "1"),
                pass("a"));
        nightOn(
                CELL,
                Map.of("kernel.version", "6.1", "host.load", "2"),
                Map.of("libc6", "2.36", "dash", "1"),
                pass("a"));
        nightOn(
                CELL,
                Map.of("kernel.version", "6.2", "host.load", "3", "suite.digest", "ab"),
                Map.of("libc6", "2.37", "dash", "2"),
                because("a", "libc6 is odd"));
        nightOn(CELL, Map.of("kernel.version", "6.3"), Map.of("libc6", "2.38"), result("a", Verdict.UNRESOLVED));
        Why why = comparison.why(4, CELL, "a").orElseThrow();
        assertThat(why.verdict()).isEqualTo(Verdict.UNRESOLVED);
        assertThat(why.firstBadRun()).isEqualTo(3);
        assertThat(why.lastGoodRun()).isEqualTo(2);
        assertThat(why.message()).isEqualTo("libc6 is odd");
        assertThat(why.facts())
                .containsExactly(
                        new FactChange(FactChange.Kind.PACKAGE, "libc6", "2.36", "2.37", false),
                        new FactChange(FactChange.Kind.PACKAGE, "dash", "1", "2", false),
                        new FactChange(FactChange.Kind.KERNEL, "kernel.version", "6.1", "6.2", false),
                        new FactChange(FactChange.Kind.SUITE, "suite.digest", null, "ab", false),
                        new FactChange(FactChange.Kind.HOST, "host.load", "2", "3", true));
        assertThat(comparison.facts(CELL, 2, 3)).hasSameElementsAs(why.facts());
        assertThat(comparison.why(2, CELL, "a")).isEmpty();
        assertThat(comparison.why(4, CELL, "b")).isEmpty();
        assertThat(comparison.why(4, OTHER, "a")).isEmpty();
    }

    @Test
    void aCaseThatWasAlwaysBadHasNoLastGoodNight() throws IOException {
        night(store, fail("a"));
        Why why = comparison.why(night(store, fail("a")), CELL, "a").orElseThrow();
        assertThat(why.firstBadRun()).isEqualTo(1);
        assertThat(why.lastGoodRun()).isNull();
        assertThat(why.facts()).isEmpty();
    }

    @Test
    void newFailuresThatShareAMessageOrAChangedPackageAreGrouped() throws IOException {
        nightOn(CELL, Map.of(), Map.of("libc6", "1"), pass("a"), pass("b"), pass("c"));
        nightOn(CELL, Map.of(), Map.of("libc6", "2"), because("a", "cut off"), because("b", "cut off"), fail("c"));
        assertThat(comparison.causes(2))
                .extracting(
                        Cause::kind,
                        Cause::what,
                        cause -> cause.cases().stream().map(CaseChange::name).toList())
                .containsExactly(
                        tuple("package", "libc6 1 -> 2", List.of("a", "b", "c")),
                        tuple("message", "cut off", List.of("a", "b")));
        assertThat(comparison.causes(1)).isEmpty();
    }

    @Test
    void aCaseThatKeepsChangingIsFlaky() throws IOException {
        night(store, pass("a"), pass("b"));
        night(store, fail("a"), pass("b"));
        night(store, pass("a"), fail("b"));
        night(store, fail("a"), fail("b"));
        assertThat(comparison.flaky(10, 2)).containsExactly(new FlakyCase(CELL, "a", 3, Verdict.FAIL, 4));
        assertThat(comparison.flaky(2, 2)).isEmpty();
    }

    @Test
    void theSlowestCasesAndWhatBecameSlowerAreTold() throws IOException {
        night(store, took("a", 5_000), took("b", 1_000), took("c", 10), pass("d"));
        long run = night(store, took("a", 5_500), took("b", 2_000), took("c", 900), took("d", 9_000));
        assertThat(comparison.slow(run, 2).slowest())
                .containsExactly(
                        new SlowCase(CELL, "d", Duration.ofSeconds(9), null),
                        new SlowCase(CELL, "a", Duration.ofMillis(5_500), Duration.ofSeconds(5)));
        assertThat(comparison.slow(run, 9).slower()).extracting(SlowCase::name).containsExactly("b");
    }

    @Test
    void verdictsOverTimeAreCountedForAllOrForSome() throws IOException {
        night(store, pass("a"), pass("b"));
        night(store, pass("a"), fail("b"));
        assertThat(comparison.verdicts(null, null, 9))
                .extracting(VerdictsAt::run, at -> at.counts().byVerdict())
                .containsExactly(
                        tuple(1L, Map.of(Verdict.PASS, 2)), tuple(2L, Map.of(Verdict.PASS, 1, Verdict.FAIL, 1)));
        assertThat(comparison.verdicts("debian-12", "commands", 1))
                .extracting(VerdictsAt::run)
                .containsExactly(2L);
        assertThat(comparison.verdicts("debian-13", null, 9)).isEmpty();
    }

    @Test
    void aPartOfTheCasesOfACellBeginsWithWhatIsWorthALook() throws IOException {
        night(store, pass("a"), fail("b"), fail("c"), pass("d"), pass("e"));
        long run = night(store, pass("a"), pass("b"), fail("c"), fail("d"), pass("e"));
        CellView whole = store.history().cell(run, CELL).orElseThrow();
        CellView part = store.history().cell(run, CELL, 3).orElseThrow();
        assertThat(part.cases()).extracting(CaseLine::name).containsExactly("d", "c", "b");
        assertThat(whole.cases()).containsAll(part.cases());
        assertThat(part.line()).isEqualTo(whole.line());
        assertThat(store.history().cell(run, CELL, 9).orElseThrow().cases())
                .containsExactlyInAnyOrderElementsOf(whole.cases());
    }

    @Test
    void casesOfAVerdictComeInTheJournalsOrderPartByPart() throws IOException {
        long run = night(store, pass("z"), fail("y"), pass("x"), pass("a"));
        CaseFilter passed = new CaseFilter(Verdict.PASS, "");
        CasePart first = store.history().cases(run, CELL, passed, 0, 2);
        assertThat(first.cases()).extracting(CaseLine::name).containsExactly("z", "x");
        assertThat(first.total()).isEqualTo(3);
        assertThat(store.history().cases(run, CELL, passed, 2, 2).cases())
                .extracting(CaseLine::name)
                .containsExactly("a");
        assertThat(store.history().cases(run, CELL, new CaseFilter(Verdict.SKIP, ""), 0, 2))
                .isEqualTo(CasePart.NONE);
        assertThat(store.history().cases(run, OTHER, passed, 0, 2)).isEqualTo(CasePart.NONE);
    }

    @Test
    void casesAreFoundByAPartOfTheirNames() throws IOException {
        long run =
                night(store, pass("Kopf/ÄNDERN_1"), fail("kopf/ändern%1"), pass("kopf/other"), pass("kopf/ändern11"));
        assertThat(named(run, null, "ändern")).containsExactly("Kopf/ÄNDERN_1", "kopf/ändern%1", "kopf/ändern11");
        assertThat(named(run, Verdict.FAIL, "KOPF")).containsExactly("kopf/ändern%1");
        assertThat(named(run, null, "_")).containsExactly("Kopf/ÄNDERN_1");
        assertThat(named(run, null, "%")).containsExactly("kopf/ändern%1");
        assertThat(named(run, null, "!")).isEmpty();
        assertThat(named(run, null, "\0")).isEmpty();
        assertThat(named(run, null, "")).hasSize(4);
        assertThat(store.history()
                        .cases(run, CELL, new CaseFilter(null, "ändern"), 1, 1)
                        .total())
                .isEqualTo(3);
    }

    private List<String> named(long run, @Nullable Verdict verdict, String part) {
        return store.history().cases(run, CELL, new CaseFilter(verdict, part), 0, 9).cases().stream()
                .map(CaseLine::name)
                .toList();
    }

    @Test
    void guestsAreToldWithWhatTheirHostWaitedFor() throws IOException {
        long run = store.queue(Samples.run(CELL, OTHER));
        GuestRecord guest = new GuestRecord("main", "uml", "host", "image", MIDNIGHT.plusSeconds(1));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, MIDNIGHT);
        store.guest(attempt, guest);
        store.finish(
                attempt,
                Samples.reading(pass("a")),
                read -> ending(
                        read, Map.of("host.pressure.cpu", "37 %", "host.pressure.odd", "much", "host.name", "host")));
        GuestRecord later = new GuestRecord("main", "uml", "host", "image", MIDNIGHT.plusSeconds(2));
        store.guest(store.begin(run, OTHER, Attempt.Kind.MAIN, MIDNIGHT), later);
        assertThat(store.history().guests(run))
                .containsExactly(
                        new GuestTime(
                                CELL,
                                Attempt.Kind.MAIN,
                                guest,
                                MIDNIGHT,
                                Outcome.PASSED,
                                new TreeMap<>(Map.of("cpu", 37))),
                        new GuestTime(OTHER, Attempt.Kind.MAIN, later, null, null, new TreeMap<>()));
    }

    @Test
    void whatDiffersInTwoRunsIsToldOnceForAllTheirCells() throws IOException {
        long before = twoCells("6.1", "1.0");
        long now = twoCells("6.12", "1.1");
        assertThat(comparison.facts(before, now))
                .containsExactly(
                        new SharedFact(
                                new FactChange(FactChange.Kind.PACKAGE, "libc6", "1.0", "1.1", false),
                                List.of(CELL, OTHER)),
                        new SharedFact(
                                new FactChange(FactChange.Kind.KERNEL, "kernel.version", "6.1", "6.12", false),
                                List.of(CELL, OTHER)));
        assertThat(comparison.facts(now, now)).isEmpty();
    }

    private long twoCells(String kernel, String libc) throws IOException {
        long run = store.queue(Samples.run(CELL, OTHER));
        for (CellKey cell : List.of(CELL, OTHER)) {
            store.finish(
                    store.begin(run, cell, Attempt.Kind.MAIN, MIDNIGHT),
                    Samples.reading(pass("a")),
                    read -> new Ending(
                            Outcome.PASSED,
                            "",
                            MIDNIGHT,
                            0,
                            true,
                            List.of(),
                            List.of(),
                            new TreeMap<>(Map.of("kernel.version", kernel, "host.name", "same")),
                            new TreeMap<>(Map.of("libc6", libc, "dash", "1"))));
        }
        return run;
    }

    private static Ending ending(ResultStore.Reading read, Map<String, String> facts) {
        return new Ending(
                read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED,
                "",
                MIDNIGHT,
                0,
                true,
                List.of(),
                List.of(),
                new TreeMap<>(facts),
                new TreeMap<>());
    }

    @Test
    void durationsOfACaseAreThoseOfTheRunsThatSaySo() throws IOException {
        night(store, took("a", 10), took("b", 1));
        night(store, took("a", 30), pass("b"));
        night(store, pass("a"));
        assertThat(comparison.durations("commands", List.of("a", "b", "never"), 3))
                .isEqualTo(Map.of(
                        "a",
                        Map.of(CELL, List.of(new Took(1, Duration.ofMillis(10)), new Took(2, Duration.ofMillis(30)))),
                        "b",
                        Map.of(CELL, List.of(new Took(1, Duration.ofMillis(1))))));
        assertThat(comparison.durations("commands", List.of("a", "b"), 2)).containsOnlyKeys("a");
        assertThat(comparison.durations("never", List.of("a"), 2)).isEmpty();
        assertThat(store.history().caseHistories("commands", List.of("b", "never", "a"), 3))
                .extracting(CaseView::name)
                .containsExactly("a", "b");
    }

    private static CaseResult because(String name, String message) {
        return new CaseResult(name, Verdict.FAIL, "FAIL", null, message, null, 0);
    }

    private static CaseResult took(String name, long millis) {
        return new CaseResult(name, Verdict.PASS, "PASS", null, "", Duration.ofMillis(millis), 0);
    }

    private void nightOn(CellKey cell, Map<String, String> facts, Map<String, String> packages, CaseResult... results)
            throws IOException {
        long run = store.queue(Samples.run(cell));
        store.finish(
                store.begin(run, cell, Attempt.Kind.MAIN, MIDNIGHT),
                Samples.reading(Arrays.asList(results)),
                read -> new Ending(
                        read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED,
                        "",
                        MIDNIGHT,
                        0,
                        true,
                        List.of(),
                        List.of(),
                        new TreeMap<>(facts),
                        new TreeMap<>(packages)));
    }
}
