package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {

    @TempDir
    Path folder;

    private Said read(String journal, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("journal"), journal);
        return muster(file.toString(), options);
    }

    private static Said muster(String file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "read";
        arguments[1] = file;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Said.by(arguments);
    }

    @Test
    void countsBadCasesAndUnreadableLinesArePrinted() throws IOException {
        Said said = read("1..3\nok 1 - a\nnot ok 2 - b\033[2J\n# why\nnoise ok 3 - c\nok 3 - c\n");
        assertThat(said.out()).isEqualToIgnoringNewLines("""
                        format: tap (guessed)
                        3 cases: 2 pass, 1 fail

                        1 line could not be read:
                          line 5: cannot read 'noise ok 3 - c': expected ok or not ok at the beginning of a line

                        line  verdict  said    case   message
                        3     FAIL     not ok  b␛[2J  # why
                        """);
        assertThat(said.status()).isEqualTo(1);
    }

    @Test
    void exitStatusSaysGoodBadOrNothing() throws IOException {
        assertThat(read("1..1\nok 1 - a\n").status()).isZero();
        assertThat(read("1..2\nok 1 - a\n").status()).isEqualTo(1);
        assertThat(read("1..0\n").status()).isEqualTo(4);
    }

    @Test
    void formatThatCannotBeGuessedIsAskedFor() throws IOException {
        Said said = read("hello\n");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).contains("it looks like none that is known; name it with --format, one of toybox, ");
        Said two = read("TAP version 14\n1..1\n    # Subtest: a\n    1..1\n    ok 1 b\nok 1 a\n");
        assertThat(two.err()).contains("it looks like tap and like ktap; name it");
        assertThat(read("TAP version 14\n1..1\n    # Subtest: a\n    1..1\n    ok 1 b\nok 1 a\n", "--format", "ktap")
                        .out())
                .startsWith("format: ktap\n1 case: 1 pass\n");
    }

    @Test
    void mistakesAreToldWithTheRightWord() throws IOException {
        Said unknown = read("hello\n", "--format", "junt");
        assertThat(unknown.err()).contains("cannot read the format 'junt'").contains("did you mean 'junit'?");
        assertThat(unknown.status()).isEqualTo(2);
        Said missing = muster(folder.resolve("nothing").toString());
        assertThat(missing.err()).contains("there is no such file");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(muster(folder.toString()).err()).contains("it is a folder");
        assertThat(read("").err()).contains("it is empty");
        assertThat(read("").status()).isEqualTo(4);
        assertThat(read("BZhello\n", "--format", "tap").err()).contains("cannot unpack '");
    }

    @Test
    void standardInputIsReadWithoutAHome() {
        InputStream in = System.in;
        try {
            System.setIn(new ByteArrayInputStream("1..1\nok 1 - a\n".getBytes(StandardCharsets.UTF_8)));
            Said said = muster("-", "--home", folder.resolve("no-home").toString());
            assertThat(said.out()).isEqualTo("format: tap (guessed)\n1 case: 1 pass\n");
            assertThat(said.status()).isZero();
        } finally {
            System.setIn(in);
        }
        assertThat(folder.resolve("no-home")).doesNotExist();
    }

    @Test
    void severalJournalsMakeATable() throws IOException {
        Path tap = Files.writeString(folder.resolve("a.tap"), "1..1\nok 1 - a\n");
        Path toybox = Files.writeString(folder.resolve("b"), "PASS: a\nFAIL: b\n");
        Said said = muster(tap.toString(), toybox.toString());
        assertThat(said.out().replace(folder + "/", "")).isEqualToNormalizingPunctuationAndWhitespace("""
                        file format cases unreadable end counts
                        a.tap tap 1 0 whole 1 pass
                        b toybox 2 0 cut 1 pass, 1 fail
                        """);
        assertThat(said.status()).isEqualTo(1);
        assertThat(muster(tap.toString(), toybox.toString(), "--json").out()).startsWith("[{\"file\":");
        Said missing = muster(tap.toString(), folder.resolve("c").toString());
        assertThat(missing.out()).contains("1 pass");
        assertThat(missing.status()).isEqualTo(2);
    }

    @Test
    void whatSteersATerminalIsShownAndNotSent() throws IOException {
        Said said = read("1..2\nnot ok 1 - a\u001b]0;x\u0007\u202e\u009b2J\0\n# \u001b[2J\nx\u001b[1m ok 2 - b\n");
        assertThat(said.out().chars().filter(c -> c != '\n').allMatch(c -> c >= ' ' && (c < 0x7f || c > 0x9f)))
                .isTrue();
        assertThat(said.out()).contains("1 line could not be read").doesNotContain("\u202e");
    }

    @Test
    void packedJournalIsReadAndADamagedOneIsCut() throws IOException {
        Path file = folder.resolve("journal.gz");
        StringBuilder journal = new StringBuilder("1..20000\n");
        for (int i = 1; i <= 20_000; i++) {
            journal.append("ok ")
                    .append(i)
                    .append(" - ")
                    .append(i * 7919L % 20_011)
                    .append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(journal.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(muster(file.toString()).out()).isEqualTo("format: tap (guessed)\n20000 cases: 20000 pass\n");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Said cut = muster(file.toString());
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.out()).contains("the journal is cut short: ", "; the file cannot be read on: it ends too early");
    }

    @Test
    void jsonHoldsTheSame() throws IOException {
        assertThat(read("1..2\nok 1 - a\nnot ok 2 - b\n", "--json").out())
                .contains(
                        "\"format\":\"tap\",\"guessed\":true,\"cases\":2,\"counts\":{\"PASS\":1,\"FAIL\":1},\"planned\":2")
                .contains("\"bad\":[{\"case\":\"b\",\"verdict\":\"FAIL\",\"word\":\"not ok\",\"code\":null,");
    }
}
