package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Real journals whose counts were made without any parser of ours. Prints what was expected beside what was read. */
class GoldenTest {
    private static final boolean FULL = Boolean.getBoolean("muster.full");
    /** Bytes that are read of all the prefixes of one journal: those of every byte where they are no more. */
    private static final long MOST_READ = FULL ? 20_000_000_000L : 60_000_000L;

    private static final int ENDS = 500;

    /** By file. */
    private static final SequencedMap<String, String> COUNTS = new LinkedHashMap<>();

    private static final SequencedMap<String, String> PREFIXES = new LinkedHashMap<>();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void journalGivesItsTrueCounts(String file, String format, String counts, String end) throws IOException {
        byte[] journal = Samples.real(file);
        Reading reading = read(format, journal, journal.length);
        Map<Verdict, Integer> expected = expected(counts);
        COUNTS.put(
                file,
                String.format(
                        "%s, %s, %s%n  expected %s%n  read     %s%s",
                        file,
                        format,
                        end,
                        expected,
                        reading.counts(),
                        expected.equals(reading.counts()) ? "" : " NOT EQUAL"));
        assertThat(reading.counts()).isEqualTo(expected);
        assertThat(reading.names()).doesNotHaveDuplicates();
        assertThat(reading.unreadable).isEmpty();
        assertThat(reading.truncated).hasSize(end.equals("cut") ? 1 : 0);
    }

    /** A prefix that is not marked as truncated ends behind the last case and behind what the format has for an end. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void prefixIsMarkedOrHasLostNothing(String file, String format) throws IOException {
        byte[] journal = Samples.real(file);
        Reading whole = read(format, journal, journal.length);
        int[] lengths = prefixes(journal);
        int unmarked = 0;
        int shortest = journal.length;
        for (int length : lengths) {
            Reading prefix = read(format, journal, length);
            if (prefix.truncated.isEmpty()) {
                unmarked++;
                shortest = Math.min(shortest, length);
                assertThat(prefix.verdicts()).as("prefix of %s bytes", length).isEqualTo(whole.verdicts());
                assertThat(prefix.planned).as("prefix of %s bytes", length).isEqualTo(whole.planned);
            } else {
                assertThat(prefix.truncated).as("prefix of %s bytes", length).hasSize(1);
            }
        }
        String rest = new String(journal, shortest, journal.length - shortest, StandardCharsets.UTF_8).strip();
        PREFIXES.put(
                file,
                String.format(
                        "%d prefixes of %d bytes: %d marked%s",
                        lengths.length,
                        journal.length,
                        lengths.length - unmarked,
                        unmarked == 0
                                ? ""
                                : ", " + unmarked + " whole without the last " + (journal.length - shortest)
                                        + " bytes: '" + rest.lines().findFirst().orElse("") + "'"));
    }

    /** Every length, or where those are too many the ends of lines and all at both ends of the journal. */
    private static int[] prefixes(byte[] journal) {
        long all = (long) journal.length * journal.length / 2;
        if (all <= MOST_READ) {
            return IntStream.range(0, journal.length).toArray();
        }
        int[] lines = IntStream.rangeClosed(1, journal.length)
                .filter(length -> journal[length - 1] == '\n')
                .toArray();
        int each = (int) Math.max(1, (long) lines.length * journal.length / 2 / MOST_READ + 1);
        return IntStream.range(0, journal.length)
                .filter(length -> length < ENDS
                        || length >= journal.length - ENDS
                        || (journal[length - 1] == '\n' && (Arrays.binarySearch(lines, length) % each == 0)))
                .toArray();
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
        COUNTS.forEach((file, row) -> System.out.printf("%s%n  %s%n", row, PREFIXES.getOrDefault(file, "")));
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
