package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.ResultFormat;
import muster.testsuites.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Real journals whose counts were made without any parser of ours. */
class GoldenTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "golden.csv", delimiter = ';', numLinesToSkip = 1)
    void journalGivesItsTrueCounts(String file, String format, String counts) throws IOException {
        byte[] journal = Samples.sample(file);
        ResultFormat reader = ResultFormats.named(format).orElseThrow();
        Reading reading = Reading.of(reader, new ByteArrayInputStream(journal));
        assertThat(reading.counts()).isEqualTo(expected(counts));
        assertThat(reading.names()).doesNotHaveDuplicates();
        assertThat(reading.unreadable).isEmpty();
    }

    private static Map<Verdict, Integer> expected(String counts) {
        Map<Verdict, Integer> expected = new EnumMap<>(Verdict.class);
        Matcher count = Pattern.compile("(\\w+)=(\\d+)").matcher(counts);
        while (count.find()) {
            expected.put(Verdict.valueOf(count.group(1)), Integer.valueOf(count.group(2)));
        }
        return expected;
    }
}
