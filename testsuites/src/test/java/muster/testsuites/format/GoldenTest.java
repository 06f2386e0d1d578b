package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Real journals whose counts were made without any parser of ours. */
class GoldenTest {
    private static final int SMALL = 4000;
    private static final int PREFIXES_OF_LARGE = 150;
    private static final List<String> TABLE = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void journalGivesItsTrueCounts(String file, String format, String counts, String end) throws IOException {
        byte[] journal = Samples.real(file);
        Reading reading = read(format, journal, journal.length);
        Map<Verdict, Integer> expected = expected(counts);
        TABLE.add(String.format(
                "%-52s %-11s expected %s%n%64s read     %s", file, format, expected, "", reading.counts()));
        assertThat(reading.counts()).isEqualTo(expected);
        assertThat(reading.names()).doesNotHaveDuplicates();
        assertThat(reading.unreadable).isEmpty();
        assertThat(reading.truncated).hasSize(end.equals("cut") ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void prefixIsToldOrHasLostNoCase(String file, String format) throws IOException {
        byte[] journal = Samples.real(file);
        Reading whole = read(format, journal, journal.length);
        int stride = journal.length <= SMALL ? 1 : journal.length / PREFIXES_OF_LARGE;
        for (int length = 0; length < journal.length; length += stride) {
            Reading prefix = read(format, journal, length);
            if (prefix.truncated.isEmpty()) {
                assertThat(prefix.verdicts()).as("prefix of %s bytes", length).isEqualTo(whole.verdicts());
            } else {
                assertThat(prefix.truncated).as("prefix of %s bytes", length).hasSize(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void formatIsGuessed(String file, String format) throws IOException {
        String journal = new String(Samples.real(file), StandardCharsets.UTF_8);
        List<String> guessed = ResultFormats.like(journal.substring(0, Math.min(journal.length(), 1 << 16))).stream()
                .map(ResultFormat::name)
                .toList();
        // What the oldest kernels wrote is TAP 14 as well, and what has no version line is of no format.
        assertThat(guessed)
                .isEqualTo(
                        file.endsWith("test_skip_tests.log")
                                ? List.of("tap", "ktap")
                                : file.endsWith("no_header.log") ? List.of() : List.of(format));
    }

    @AfterAll
    static void print() {
        TABLE.forEach(System.out::println);
    }

    private static Reading read(String format, byte[] journal, int length) throws IOException {
        ResultFormat reader = ResultFormats.named(format).orElseThrow();
        return Reading.of(reader, new ByteArrayInputStream(journal, 0, length));
    }

    private static Map<Verdict, Integer> expected(String counts) {
        Map<Verdict, Integer> expected = new EnumMap<>(Verdict.class);
        Matcher count = Pattern.compile("(\\w+)=(\\d+)").matcher(counts == null ? "" : counts);
        while (count.find()) {
            expected.put(Verdict.valueOf(count.group(1)), Integer.valueOf(count.group(2)));
        }
        return expected;
    }
}
