package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class PosixFormatTest {
    private static final ResultFormat FORMAT = ResultFormats.named("posix").orElseThrow();

    @Test
    void executionDecidesAndWithoutItWhatWasBuilt() throws IOException {
        Reading reading = Reading.of(FORMAT, """
                c/a/1-1: build: PASS
                c/a/1-1: link: PASS
                c/a/2-1: build: FAILED: Compiler output:
                c/a/2-1.c:5: error: no
                c/a/3-1: build: PASS
                c/a/3-1: link: SKIP
                c/a/4-1: build: PASS
                c/a/4-1: link: PASS
                c/a/5-1: build: PASS
                c/a/5-1: link: FAILED: Linker output: undefined
                c/a/1-1: execution: FAILED: Output:
                Test FAILED
                c/a/6-1: execution: HUNG: Output:
                c/a/7-1: execution: PASS
                c/a/8-1: execution: STRANGE
                END: 8
                """);
        assertThat(reading.results)
                .extracting(
                        CaseResult::name,
                        CaseResult::verdict,
                        CaseResult::nativeWord,
                        CaseResult::message,
                        CaseResult::line)
                .containsExactly(
                        tuple("c/a/1-1", Verdict.FAIL, "FAILED", "Test FAILED", 11L),
                        tuple("c/a/6-1", Verdict.UNRESOLVED, "HUNG", "", 13L),
                        tuple("c/a/7-1", Verdict.PASS, "PASS", "", 14L),
                        tuple("c/a/8-1", Verdict.UNRESOLVED, "STRANGE", "", 15L),
                        tuple("c/a/2-1", Verdict.UNRESOLVED, "FAILED", "build: FAILED\nc/a/2-1.c:5: error: no", 3L),
                        tuple("c/a/3-1", Verdict.PASS, "SKIP", "link: SKIP", 6L),
                        tuple("c/a/4-1", Verdict.NORESULT, "PASS", "link: PASS, and never executed", 8L),
                        tuple("c/a/5-1", Verdict.UNRESOLVED, "FAILED", "link: FAILED\nundefined", 10L));
        assertThat(reading.planned).containsExactly(8L);
        assertThat(reading.unreadable).isEmpty();
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void howLongAnExecutionTookIsToldAfterIt() throws IOException {
        Reading reading = Reading.of(FORMAT, """
                a: execution: PASS
                a: took: 12 ms
                b: execution: FAILED: Output:
                a: took: 7 ms
                b: took: long
                b: took: 1500 ms
                c: execution: PASS
                END: 3
                """);
        assertThat(reading.results)
                .extracting(CaseResult::name, CaseResult::duration, CaseResult::message)
                .containsExactly(
                        tuple("a", Duration.ofMillis(12), ""),
                        tuple("b", Duration.ofMillis(1500), "a: took: 7 ms\nb: took: long"),
                        tuple("c", null, ""));
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void testExecutedTwiceIsTwoCases() throws IOException {
        Reading reading = Reading.of(FORMAT, "a: execution: PASS\na: execution: FAILED\nEND: 2\n");
        assertThat(reading.names()).containsExactly("a", "a #2");
    }

    @Test
    void wordThatIsMissingOrCutIsShown() throws IOException {
        Reading reading = Reading.of(FORMAT, "a: execution: \nb: execution: PASS\nc: execution: PA");
        assertThat(reading.unreadable).containsExactly("1: a: execution: ", "3: c: execution: PA");
        assertThat(reading.truncated).containsExactly("its last line has no end");
    }

    @Test
    void testsThatAreNeverExecutedAreHeldWithinBounds() throws IOException {
        StringBuilder journal = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            journal.append("n".repeat(100)).append(i).append(": build: PASS\n");
        }
        Reading reading = Reading.of(FORMAT, journal.toString());
        assertThat(reading.truncated).hasSize(1).first().asString().startsWith("more tests are built");
    }
}
