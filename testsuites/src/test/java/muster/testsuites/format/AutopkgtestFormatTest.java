package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class AutopkgtestFormatTest {
    private static final ResultFormat FORMAT =
            ResultFormats.named("autopkgtest").orElseThrow();

    @Test
    void everyWordBecomesItsVerdict() throws IOException {
        Reading reading = Reading.of(FORMAT, """
                upstream             PASS
                smoke                PASS (superficial)
                command1             FAIL non-zero exit status 3
                needs-x              SKIP Test requires machine-level isolation
                sometimes            FLAKY stderr: oops
                broken               FAIL badpkg
                blame: thing
                badpkg: Test dependencies are unsatisfiable
                later                NEWWORD
                END: 7
                """);
        assertThat(reading.results)
                .extracting(CaseResult::name, CaseResult::verdict, CaseResult::nativeWord, CaseResult::message)
                .containsExactly(
                        tuple("upstream", Verdict.PASS, "PASS", ""),
                        tuple("smoke", Verdict.WARNING, "PASS", "(superficial)"),
                        tuple("command1", Verdict.FAIL, "FAIL", "non-zero exit status 3"),
                        tuple("needs-x", Verdict.SKIP, "SKIP", "Test requires machine-level isolation"),
                        tuple("sometimes", Verdict.WARNING, "FLAKY", "stderr: oops"),
                        tuple(
                                "broken",
                                Verdict.UNRESOLVED,
                                "FAIL",
                                "badpkg\nblame: thing\nbadpkg: Test dependencies are unsatisfiable"),
                        tuple("later", Verdict.UNRESOLVED, "NEWWORD", ""));
        assertThat(reading.truncated).isEmpty();
        assertThat(reading.unreadable).isEmpty();
    }

    @Test
    void ofAWholeLogOnlyTheSummaryIsRead() throws IOException {
        Reading reading = Reading.of(FORMAT, """
                autopkgtest [10:00:00]: test a: [------
                a                    FAIL in between
                autopkgtest [10:00:01]: @@@@@@@@@@@@@@@@@@@@ summary
                a                    PASS
                """);
        assertThat(reading.results).extracting(CaseResult::verdict).containsExactly(Verdict.PASS);
        assertThat(Reading.of(FORMAT, "autopkgtest [10:00:00]: x\na   PASS\n").truncated)
                .containsExactly("it holds no result at all; it stops before its summary");
    }

    @Test
    void givingUpIsNoEnd() throws IOException {
        assertThat(Reading.of(FORMAT, "a   PASS\nquitting: unexpected error\n").truncated)
                .containsExactly("autopkgtest gave up: quitting: unexpected error");
    }

    @Test
    void lineWithoutAWordIsShown() throws IOException {
        assertThat(Reading.of(FORMAT, "something else\nEND: 0\n").unreadable).containsExactly("1: something else");
    }
}
