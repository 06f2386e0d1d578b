package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import muster.orchestrator.config.Expectation;
import muster.orchestrator.config.Place;
import muster.reports.Counts;
import muster.reports.RecordedWaiver;
import muster.reports.ResultStore.Reading;
import muster.reports.Scope;
import muster.reports.Waiver;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class AcceptedTest {

    private final List<CaseResult> seen = new ArrayList<>();

    @Test
    void anExpectedFailureIsXfailAndAnUnexpectedPassIsReported() throws IOException {
        Accepted accepted = new Accepted(List.of(expectation("known/*")), List.of(), List.of());
        Reading reading = read(
                accepted,
                result("known/a", Verdict.FAIL),
                result("known/b", Verdict.UNRESOLVED),
                result("known/c", Verdict.PASS),
                result("known/d", Verdict.SKIP),
                result("other", Verdict.FAIL));
        assertThat(seen)
                .extracting(CaseResult::verdict)
                .containsExactly(Verdict.XFAIL, Verdict.XFAIL, Verdict.XPASS, Verdict.SKIP, Verdict.FAIL);
        assertThat(seen.getFirst().nativeWord()).isEqualTo("FAIL");
        assertThat(seen.getFirst().message()).isEqualTo("expected to fail: no such call\nsaid");
        assertThat(reading.counts().bad()).isEqualTo(1);
        assertThat(reading.notes())
                .containsExactly("known/c: expected to fail by e.yaml:2:3: no such call", "2 cases failed as expected");
    }

    @Test
    void whatIsNeverReportedIsNeverExpected() throws IOException {
        Accepted accepted = new Accepted(List.of(expectation("*")), List.of(waiver(1, "*")), List.of());
        Reading reading = read(accepted, result("a", Verdict.NORESULT), result("b", Verdict.MISSING));
        assertThat(seen).extracting(CaseResult::verdict).containsExactly(Verdict.NORESULT, Verdict.MISSING);
        assertThat(reading.counts().bad()).isEqualTo(2);
    }

    @Test
    void aWaivedFailureStaysOneAndSpeaksNotAgainstTheAttempt() throws IOException {
        Accepted accepted = new Accepted(List.of(), List.of(waiver(1, "a")), List.of());
        Reading reading =
                read(accepted, result("a", Verdict.FAIL), result("b", Verdict.FAIL), result("c", Verdict.PASS));
        assertThat(seen).extracting(CaseResult::verdict).containsExactly(Verdict.FAIL, Verdict.FAIL, Verdict.PASS);
        assertThat(reading.counts().bad()).isEqualTo(1);
        assertThat(reading.counts().total()).isEqualTo(3);
        assertThat(reading.notes()).containsExactly("1 failing cases are waived: 2 bad with them, 1 without");
    }

    @Test
    void anExpiredWaiverMakesItsFailureCountAgainLoudly() throws IOException {
        Accepted accepted = new Accepted(List.of(), List.of(), List.of(waiver(7, "a")));
        Reading reading = read(accepted, result("a", Verdict.FAIL));
        assertThat(reading.counts().bad()).isEqualTo(1);
        assertThat(reading.notes())
                .containsExactly("a: waiver 7 of Ada expired on 2026-03-02, so this failure counts again");
    }

    private Reading read(Accepted accepted, CaseResult... results) throws IOException {
        accepted.reading(sink -> List.of(results).forEach(sink::result)).readInto(new ResultSink() {
            @Override
            public void result(CaseResult result) {
                seen.add(result);
            }

            @Override
            public void unreadable(long line, String text, String expected) {
                throw new AssertionError(text);
            }

            @Override
            public void truncated(String why) {
                throw new AssertionError(why);
            }
        });
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        seen.forEach(each -> counts.merge(each.verdict(), 1, Integer::sum));
        return accepted.judged(new Reading(new Counts(counts), -1, List.of(), false));
    }

    private static CaseResult result(String name, Verdict verdict) {
        return new CaseResult(name, verdict, verdict.name(), null, "said", null, 0);
    }

    private static Expectation expectation(String cases) {
        return new Expectation(
                new Scope(cases, "suite", null, null, List.of("*")), "no such call", "", new Place("e.yaml", 2, 3));
    }

    private static RecordedWaiver waiver(long number, String cases) {
        LocalDate day = LocalDate.of(2026, 3, 1);
        return new RecordedWaiver(
                number,
                new Waiver(
                        new Scope(cases, "suite", null, null, List.of("*")),
                        Waiver.Kind.SUITE_DEFICIENCY,
                        "known",
                        "",
                        "Ada",
                        day,
                        day.plusDays(1)),
                "Ada",
                Instant.EPOCH,
                null,
                null);
    }
}
