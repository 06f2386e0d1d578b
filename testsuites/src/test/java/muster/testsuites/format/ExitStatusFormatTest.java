package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusFormatTest {
    private static final ResultFormat FORMAT =
            ResultFormats.named("exit-status").orElseThrow();

    private static final String JOURNAL = """
            PLAN 6
            START list files
            |total 12
            END list files exit 0 0.25
            START fail
            |one
            |END fail exit 0

            END fail exit 3 1
            START loop
            END loop timeout 60
            START crash
            END crash signal 11
            SKIP mount: not root
            START list files
            END list files exit 0
            DONE 6
            """;

    @Test
    void everyEndingBecomesItsVerdict() throws IOException {
        Reading reading = Reading.of(FORMAT, JOURNAL);
        assertThat(reading.results)
                .extracting(
                        CaseResult::name,
                        CaseResult::verdict,
                        CaseResult::nativeWord,
                        CaseResult::nativeCode,
                        CaseResult::message)
                .containsExactly(
                        tuple("list files", Verdict.PASS, "exit", 0, "total 12"),
                        tuple("fail", Verdict.FAIL, "exit", 3, "one\nEND fail exit 0"),
                        tuple("loop", Verdict.UNRESOLVED, "timeout", null, "timeout"),
                        tuple("crash", Verdict.UNRESOLVED, "signal", 11, "signal 11"),
                        tuple("mount", Verdict.SKIP, "SKIP", null, "not root"),
                        tuple("list files #2", Verdict.PASS, "exit", 0, ""));
        assertThat(reading.results.get(0).duration()).isEqualTo(Duration.ofMillis(250));
        assertThat(reading.results.get(3).duration()).isNull();
        assertThat(reading.planned).containsExactly(6L);
        assertThat(reading.truncated).isEmpty();
        assertThat(reading.unreadable).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0 1.5,1500",
        "exit 7 60,60000",
        "signal 9 0.001,1",
        "timeout 60,60000",
        "exit 0 000000001.000000000,1000"
    })
    void secondsMayHaveAFraction(String ending, long milliseconds) throws IOException {
        Reading reading = Reading.of(FORMAT, "START a b\nEND a b " + ending + "\nDONE 1\n");
        assertThat(reading.results).extracting(CaseResult::duration).containsExactly(Duration.ofMillis(milliseconds));
        assertThat(reading.unreadable).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "exit",
                "exit ",
                "exit x",
                "exit -1",
                "exit 1234567890",
                "exiting 0",
                "exit  0",
                "exit 0 ",
                "exit 0 1.",
                "exit 0 .5",
                "exit 0 1e3",
                "exit 0 1 2",
                "signal",
                "timeouts",
                "timeout ",
                "timeout x",
                "timeout 1.2345678901"
            })
    void whatIsNoEndingIsUnreadable(String ending) throws IOException {
        Reading reading = Reading.of(FORMAT, "START a\nEND a " + ending + "\nDONE 0\n");
        assertThat(reading.results).extracting(CaseResult::verdict).containsExactly(Verdict.NORESULT);
        assertThat(reading.unreadable).hasSize(1);
    }

    @Test
    void whatStartedAndHasNoEndHasNoResult() throws IOException {
        Reading reading = Reading.of(FORMAT, "START a\n|half\nSTART b\nEND b exit 0\nSTART c\n");
        assertThat(reading.results)
                .extracting(CaseResult::name, CaseResult::verdict, CaseResult::line)
                .containsExactly(
                        tuple("a", Verdict.NORESULT, 1L),
                        tuple("b", Verdict.PASS, 4L),
                        tuple("c", Verdict.NORESULT, 5L));
        assertThat(reading.truncated).containsExactly("it does not end with a DONE line");
    }

    @Test
    void doneMustBeLastAndCountRight() throws IOException {
        assertThat(Reading.of(FORMAT, "START a\nEND a exit 0\nDONE 2\n").truncated)
                .containsExactly("its DONE line says that 2 commands ended, 1 were read");
        assertThat(Reading.of(FORMAT, "START a\nEND a exit 0\nDONE 1\nmore\n").truncated)
                .containsExactly("it does not end with a DONE line");
        assertThat(Reading.of(FORMAT, "DONE 0\n").truncated).containsExactly("it holds no result at all");
    }

    @Test
    void linesOfNoKindAreShown() throws IOException {
        Reading reading = Reading.of(
                FORMAT, "|early\nSTART a\nEND b exit 0\nEND a exit x\nEND a exit 0 1 2\nstray\nEND a exit 1\nDONE 1\n");
        assertThat(reading.unreadable)
                .containsExactly("1: |early", "3: END b exit 0", "4: END a exit x", "5: END a exit 0 1 2", "6: stray");
        assertThat(reading.counts()).containsOnlyKeys(Verdict.FAIL);
    }
}
