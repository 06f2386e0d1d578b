package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class ToyboxFormatTest {
    private static final ResultFormat FORMAT = ResultFormats.named("toybox").orElseThrow();

    private static String fixture() throws IOException {
        try (InputStream in = ToyboxFormatTest.class.getResourceAsStream("toybox.journal")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyWordBecomesItsVerdict() throws IOException {
        Reading reading = Reading.of(FORMAT, fixture());
        assertThat(reading.results)
                .extracting(CaseResult::name, CaseResult::nativeWord, CaseResult::verdict, CaseResult::line)
                .containsExactly(
                        tuple("cat copies input", "PASS", Verdict.PASS, 1L),
                        tuple("cat copies input #2", "PASS", Verdict.PASS, 2L),
                        tuple("cat -x", "FAIL", Verdict.FAIL, 4L),
                        tuple("cat copies input #3", "FAIL", Verdict.FAIL, 13L),
                        tuple("wc: words", "SKIP", Verdict.SKIP, 20L),
                        tuple("wc 'größe'", "SKIPPED", Verdict.SKIP, 21L),
                        tuple("wc nothing", "UNTESTED", Verdict.UNTESTED, 22L),
                        tuple("yes (rest)", "TIMEOUT", Verdict.UNRESOLVED, 23L),
                        tuple("zip (rest)", "UNRESOLVED", Verdict.UNRESOLVED, 25L));
        assertThat(reading.planned).containsExactly(9L);
        assertThat(reading.truncated).isEmpty();
        assertThat(reading.unreadable).isEmpty();
    }

    @Test
    void failureKeepsItsCommandAndDiffWithoutTimes() throws IOException {
        Reading reading = Reading.of(FORMAT, fixture());
        assertThat(reading.results.get(2).message()).isEqualTo("""
                echo -ne '' | cat -x
                --- expected
                +++ actual
                @@ -1,2 +1 @@
                -one
                -
                +two""");
        assertThat(reading.results.get(3).message()).isEqualTo("Expected 'Eone'\nGot 'two'");
        assertThat(reading.results.get(7).message()).isEqualTo("no end after 60 s");
        assertThat(reading.results.get(0).message()).isEmpty();
    }

    @Test
    void everyPrefixIsReadAndSaidToBeTruncated() throws IOException {
        byte[] whole = fixture().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            Reading reading = Reading.of(FORMAT, new ByteArrayInputStream(whole, 0, length));
            assertThat(reading.truncated).as("prefix of %s bytes", length).hasSize(1);
        }
    }

    @Test
    void journalWithoutAnyResultIsTruncatedWhateverItSays() throws IOException {
        assertThat(Reading.of(FORMAT, "").truncated)
                .containsExactly("it holds no result at all; it does not end with an END line");
        assertThat(Reading.of(FORMAT, "END: 0\n").truncated).containsExactly("it holds no result at all");
    }

    @Test
    void endMustBeLastAndCountRight() throws IOException {
        assertThat(Reading.of(FORMAT, "PASS: a\nEND: 2\n").truncated)
                .containsExactly("its END line says 2 results, 1 were read");
        assertThat(Reading.of(FORMAT, "PASS: a\nEND: 1\nPASS: b\n").truncated)
                .containsExactly("it does not end with an END line");
        assertThat(Reading.of(FORMAT, "PASS: a\nEND: 1\nmore\n").truncated)
                .containsExactly("it does not end with an END line");
        assertThat(Reading.of(FORMAT, "PASS: a\nEND: 1").truncated).containsExactly("its last line has no end");
        assertThat(Reading.of(FORMAT, "PASS: a\nEND: 1\n\n").truncated).isEmpty();
    }

    @Test
    void resultsThatCannotBeReadAreShownWithTheirLine() throws IOException {
        Reading reading = Reading.of(FORMAT, "PASS: a\nFAIL:\nhalf a linePASS: b\n+PASS: in a diff\nEND: 1\n");
        assertThat(reading.unreadable).containsExactly("2: FAIL:", "3: half a linePASS: b");
        assertThat(reading.names()).containsExactly("a");
    }

    @Test
    void coloursAreLeftOutAndControlCharactersShownAsPictures() throws IOException {
        Reading reading = Reading.of(FORMAT, "\033[1;32mPASS\033[0m: a\nFAIL: b\033[2J\0\nx\007\nEND: 2\r\n");
        assertThat(reading.names()).containsExactly("a", "b␛[2J␀");
        assertThat(reading.results.get(1).message()).isEqualTo("x␇");
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void generatedNamesNeverMeetAGivenOne() throws IOException {
        Reading reading = Reading.of(FORMAT, "PASS: a #2\nPASS: a\nPASS: a\nPASS: a\nPASS: a #2\nEND: 5\n");
        assertThat(reading.names()).doesNotHaveDuplicates().hasSize(5).startsWith("a #2", "a", "a #3");
    }

    @Test
    void longLinesAndNamesAreCut() throws IOException {
        String journal = "FAIL: " + "n".repeat(200_000) + "\n" + "x".repeat(3_000_000) + "\nPASS: b\nEND: 2\n";
        Reading reading = Reading.of(FORMAT, journal);
        assertThat(reading.results.get(0).name())
                .hasSize(CaseNames.LONGEST_NAME + 1)
                .endsWith("…");
        assertThat(reading.results.get(0).message()).hasSizeLessThan(5000);
        assertThat(reading.names()).hasSize(2);
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void oneEndlessLineNeedsLittleMemory() throws IOException {
        Reading reading = Reading.of(
                FORMAT,
                new Repeated(
                        "PASS: ".getBytes(StandardCharsets.UTF_8),
                        2L * Runtime.getRuntime().maxMemory()));
        assertThat(reading.truncated).containsExactly("its last line has no end");
        assertThat(reading.results).hasSize(1);
    }

    @Test
    void noiseIsReadWithoutACrash() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] noise = fixture().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 20; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            Reading reading = Reading.of(FORMAT, new ByteArrayInputStream(noise));
            assertThat(reading.names()).doesNotHaveDuplicates();
        }
    }
}
