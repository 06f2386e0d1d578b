package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JunitFormatTest {
    private static final ResultFormat FORMAT = ResultFormats.named("junit").orElseThrow();

    @Test
    void severalDocumentsBehindEachOtherAreRead() throws IOException {
        Reading reading = Reading.of(FORMAT, """
                <?xml version="1.0"?>
                <testsuite name="one"><testcase name="a"/></testsuite>
                <?xml version="1.0"?>
                <!-- another -->
                <testsuites><testsuite name="two"><testcase name="größe"/></testsuite></testsuites>
                """);
        assertThat(reading.names()).containsExactly("one.a", "two.größe");
        assertThat(reading.results).extracting(CaseResult::line).containsExactly(2L, 5L);
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void whatStandsBesideDocumentsIsShown() throws IOException {
        Reading reading = Reading.of(FORMAT, "<testsuite><testcase name='a'/></testsuite>\nKilled\0\n");
        assertThat(reading.names()).containsExactly("a");
        assertThat(reading.unreadable).hasSize(1).first().asString().endsWith(": Killed␀");
    }

    @Test
    void entitiesAreNotReadWhateverTheyPromise(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hidden");
        Reading reading = Reading.of(FORMAT, """
                <!DOCTYPE testsuite [
                  <!ENTITY lol "lol"> <!ENTITY lol1 "&lol;&lol;"> <!ENTITY %% p SYSTEM "http://127.0.0.1:1/">
                  <!ENTITY file SYSTEM "file://%s">
                ]>
                <testsuite name="one"><testcase name="a"/><testcase name="b"><failure>&file;</failure></testcase></testsuite>
                """.formatted(secret));
        assertThat(reading.names()).containsExactly("one.a");
        assertThat(reading.unreadable).hasSize(1).first().asString().doesNotContain("hidden");
        assertThat(reading.truncated).containsExactly("no XML from line 5 on");
    }

    @Test
    void otherEncodingsAreReadAndBrokenOnesShown() throws IOException {
        String journal =
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<testsuite><testcase name=\"größe\"/></testsuite>";
        byte[] latin = journal.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.of(FORMAT, new ByteArrayInputStream(latin)).names()).containsExactly("größe");
        byte[] wide = journal.getBytes(StandardCharsets.UTF_16);
        assertThat(Reading.of(FORMAT, new ByteArrayInputStream(wide)).names()).containsExactly("größe");
        byte[] broken = journal.replace("ISO-8859-1", "no-such").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.of(FORMAT, new ByteArrayInputStream(broken)).names()).containsExactly("gr\ufffd\ufffde");
    }

    @Test
    void controlCharactersAreShownAsPictures() throws IOException {
        Reading reading = Reading.of(
                FORMAT,
                "<testsuite><testcase name=\"a\033[2J\0\"><failure>x\007\r\ny</failure></testcase></testsuite>");
        assertThat(reading.names()).containsExactly("a␛[2J␀");
        assertThat(reading.results.getFirst().message()).isEqualTo("x␇\ny");
    }

    @Test
    void longTextsAreCutAndTheRestIsRead() throws IOException {
        String rest = "&amp;x\n".repeat(100_000);
        Reading reading = Reading.of(
                FORMAT,
                "<testsuite><testcase name=\"" + rest.replace('\n', ' ') + "\"><failure><![CDATA[" + rest + "]]>" + rest
                        + "</failure></testcase>\n<!--" + rest + "--><testcase name=\"b\"/></testsuite>");
        assertThat(reading.names()).hasSize(2).last().isEqualTo("b");
        assertThat(reading.results.getLast().line()).isEqualTo(300_002);
        assertThat(reading.results.getFirst().message()).hasSizeBetween(3900, 4100);
        assertThat(reading.truncated).isEmpty();
    }

    @Test
    void whatIsNoReportIsShown() throws IOException {
        assertThat(Reading.of(FORMAT, "<html><body/></html>").unreadable).containsExactly("1: <html>");
        assertThat(Reading.of(FORMAT, "<testsuite><testcase name='a'/>\n</oops></testsuite>").unreadable)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("2: ");
        assertThat(Reading.of(FORMAT, "<testsuite>" + "<a>".repeat(100)).truncated)
                .containsExactly("it holds no result at all; its elements are nested deeper than 64");
    }
}
