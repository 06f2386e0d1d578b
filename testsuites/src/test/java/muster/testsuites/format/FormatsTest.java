package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format, shown with a small journal of each that has all its words. */
class FormatsTest {

    static Collection<String> formats() {
        return ResultFormats.names();
    }

    private static Reading read(String format, byte[] journal, int length) throws IOException {
        ResultFormat reader = ResultFormats.named(format).orElseThrow();
        return Reading.of(reader, new ByteArrayInputStream(journal, 0, length));
    }

    private static String shown(CaseResult result) {
        String message = result.message().replace("\n", " / ");
        return result.verdict() + " " + result.nativeWord() + " "
                + (result.nativeCode() == null ? "-" : result.nativeCode()) + " " + result.name()
                + (message.isEmpty() ? "" : " | " + message) + "\n";
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyWordIsRead(String format) throws IOException {
        byte[] journal = Samples.own(format);
        Reading reading = read(format, journal, journal.length);
        StringBuilder shown = new StringBuilder();
        reading.results.forEach(result -> shown.append(shown(result)));
        if (!reading.planned.isEmpty()) {
            shown.append("planned ").append(reading.planned.getLast()).append('\n');
        }
        assertThat(shown.toString()).isEqualTo(Samples.expected(format));
        assertThat(reading.unreadable).isEmpty();
        assertThat(reading.truncated).isEmpty();
        assertThat(reading.results)
                .allSatisfy(result -> assertThat(result.line()).isPositive());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsInNoEncodingOfJournalsHasNoResult(String format) throws IOException {
        for (String hex : List.of(
                "0001000000000000000072eb",
                "0000007b",
                "00007b00",
                "007b0000",
                "7b000000",
                "007b",
                "7b00",
                "feff007b",
                "fffe7b00",
                "0000feff0000007b",
                "fffe00007b000000",
                "0000fffe",
                "feff0000",
                "efbbbf",
                "efbb",
                "ff")) {
            byte[] journal = HexFormat.of().parseHex(hex);
            Reading reading = read(format, journal, journal.length);
            assertThat(reading.results).as(hex).isEmpty();
            assertThat(reading.truncated).as(hex).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void formatIsGuessedFromTheBeginning(String format) throws IOException {
        String journal = new String(Samples.own(format), StandardCharsets.UTF_8);
        assertThat(ResultFormats.like(journal)).extracting(ResultFormat::name).containsExactly(format);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyPrefixIsToldOrHasLostNoCase(String format) throws IOException {
        byte[] journal = Samples.own(format);
        Reading whole = read(format, journal, journal.length);
        for (int length = 0; length < journal.length; length++) {
            Reading prefix = read(format, journal, length);
            if (prefix.truncated.isEmpty()) {
                assertThat(prefix.verdicts()).as("prefix of %s bytes", length).isEqualTo(whole.verdicts());
            } else {
                assertThat(prefix.truncated).as("prefix of %s bytes", length).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void journalWithoutAnyResultIsNeverWhole(String format) throws IOException {
        for (String nothing :
                new String[] {"", "\n", "\0", "hello\n", "<testsuite/>", "{\"results\": []}", "1..0\n", "END: 0\n"}) {
            Reading reading = Reading.of(ResultFormats.named(format).orElseThrow(), nothing);
            if (reading.results.isEmpty()) {
                assertThat(reading.truncated).hasSize(1).first().asString().startsWith("it holds no result at all");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void noiseIsReadWithoutACrash(String format) throws IOException {
        byte[] journal = Samples.own(format);
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] noise = journal.clone();
            for (int i = 0; i < 10; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            Reading reading = read(format, noise, noise.length);
            assertThat(reading.names()).doesNotHaveDuplicates();
            assertThat(reading.truncated).hasSizeLessThan(2);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void madeJournalIsReadAsItWasMade(String format) throws IOException {
        Reading reading = Reading.of(ResultFormats.named(format).orElseThrow(), MadeJournals.of(format, 2000));
        assertThat(reading.results).hasSize(2000);
        assertThat(reading.results.stream().filter(result -> result.verdict() == Verdict.FAIL))
                .hasSize((int) MadeJournals.failures(format, 2000));
        assertThat(reading.truncated).isEmpty();
        assertThat(reading.unreadable).isEmpty();
        assertThat(reading.names()).allMatch(name -> !name.contains(" #"));
    }

    @Test
    void everyFormatHasAnOwnJournal() throws IOException {
        for (String format : ResultFormats.names()) {
            assertThat(Samples.own(format)).isNotEmpty();
        }
    }
}
