package muster.reports.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.ResultStore.CaseReader;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/** Values that tests of the store begin with. */
final class Samples {

    static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    static final CellKey CELL = CellKey.parse("debian-12:commands:default@uml");
    static final CellKey OTHER = CellKey.parse("debian-13:commands:default@uml");

    private Samples() {}

    static DatabaseAddress at(String url) {
        return new DatabaseAddress(url, null, null);
    }

    static NewRun run(CellKey... cells) {
        return new NewRun("nightly", "ab".repeat(32), MIDNIGHT, Map.of(), List.of(cells));
    }

    static NewRun runWithSettings(CellKey... cells) {
        return new NewRun("nightly", "ab".repeat(32), MIDNIGHT, Map.of("guest.memory", "1G"), List.of(cells));
    }

    static CaseResult result(String name, Verdict verdict) {
        return new CaseResult(name, verdict, verdict.name(), null, "", null, 0);
    }

    static CaseResult pass(String name) {
        return result(name, Verdict.PASS);
    }

    static CaseResult fail(String name) {
        return result(name, Verdict.FAIL);
    }

    static CaseReader reading(CaseResult... results) {
        return reading(List.of(results));
    }

    static CaseReader reading(List<CaseResult> results) {
        return sink -> results.forEach(sink::result);
    }

    static Ending ending(Outcome outcome, boolean complete) {
        return new Ending(
                outcome,
                "",
                MIDNIGHT.plusSeconds(600),
                complete ? 0 : null,
                complete,
                List.of(),
                List.of(),
                Collections.emptySortedMap(),
                new TreeMap<>(Map.of("libc6", "2.41-12")));
    }

    /** Ends an attempt as a complete one: passed unless something is bad. */
    static Ending complete(ResultStore store, Attempt attempt, CaseResult... results) throws IOException {
        return complete(store, attempt, List.of(results));
    }

    static Ending complete(ResultStore store, Attempt attempt, List<CaseResult> results) throws IOException {
        return store.finish(
                attempt,
                reading(results),
                read -> ending(read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED, true));
    }

    /** A night of one cell: queues, runs and ends it. */
    static long night(ResultStore store, CaseResult... results) throws IOException {
        long run = store.queue(run(CELL));
        complete(store, store.begin(run, CELL, Attempt.Kind.MAIN, MIDNIGHT), results);
        store.close(run, MIDNIGHT.plus(Duration.ofHours(1)));
        return run;
    }

    static List<CaseResult> rebuilt(ResultStore store, Attempt attempt) {
        List<CaseResult> results = new ArrayList<>();
        store.history().cases(attempt, results::add);
        return results;
    }
}
