package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final int LONGEST = 100;

    private static List<String> read(byte[] text, int atOnce) throws IOException {
        InputStream in = new FilterInputStream(new ByteArrayInputStream(text)) {
            @Override
            public int read(byte[] to, int offset, int count) throws IOException {
                return super.read(to, offset, Math.min(count, atOnce));
            }
        };
        List<String> read = new ArrayList<>();
        Lines lines = new Lines(in, LONGEST);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            read.add(line.text() + (line.ended() ? "" : "<no end>"));
            assertThat(line.number()).isEqualTo(read.size());
        }
        return read;
    }

    private static List<String> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    @Test
    void linesAreTheSameInWhateverPiecesTheyCome() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String line = "x".repeat(i % 95) + (i % 7 == 0 ? "ö" : "");
            text.append(line).append('\n');
            expected.add(line);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int atOnce : new int[] {1, 7, 8, 9, 1000, 1 << 16, 1 << 20}) {
            assertThat(read(bytes, atOnce)).as("%s at once", atOnce).isEqualTo(expected);
        }
    }

    @Test
    void restOfALongLineIsPassedOver() throws IOException {
        String line = "y".repeat(LONGEST);
        for (int more : new int[] {0, 1, 8, 1 << 16, 1 << 18}) {
            assertThat(read("a\n" + line + "z".repeat(more) + "\nb")).containsExactly("a", line, "b<no end>");
            assertThat(read(line + "z".repeat(more))).containsExactly(line + "<no end>");
        }
    }

    @Test
    void whatCouldWriteOverATerminalBecomesAPictureOnItsOwnLineOnly() throws IOException {
        assertThat(read("a\r\n\033[2J b\0\tc\nöde\177\n")).containsExactly("a", "␛[2J b␀\tc", "öde␡");
        assertThat(read(new byte[] {'a', (byte) 0xff, '\n', (byte) 0xc3, '\n', 'b', '\n'}, 2))
                .containsExactly("a\ufffd", "\ufffd", "b");
    }

    @Test
    void placesOnALineAreFoundUpToItsEndAndNotBehindIt() throws IOException {
        Line line = new Lines(new ByteArrayInputStream("ab 0123456789 \t\n#\n".getBytes(StandardCharsets.UTF_8)), 99)
                .next();
        assertThat(line).isNotNull();
        assertThat(line.indexOf('#', 0)).isEqualTo(-1);
        assertThat(line.indexOf(' ', 3)).isEqualTo(13);
        assertThat(line.number(3, 12)).isEqualTo(12_345_678);
        assertThat(line.number(3, 13)).isEqualTo(-1);
        assertThat(line.number(0, 2)).isEqualTo(-1);
        assertThat(line.stripped(2, line.length())).isEqualTo("0123456789");
        assertThat(line.at(line.length())).isEqualTo('\0');
        assertThat(line.startsWith("ab ") && !line.startsWith("#", line.length()))
                .isTrue();
    }

    @Test
    void numbersWordsAndSecondsAreReadOfAnyLengthAndUpToTheEnd() throws IOException {
        String digits = "123456789";
        for (int count = 1; count <= digits.length(); count++) {
            for (String end : List.of("\n", " 7\n", "/7\n", ":7\n", "ü\n", "")) {
                String number = digits.substring(0, count);
                Line line = first(number + end);
                assertThat(line.afterDigits(0)).isEqualTo(count);
                assertThat(line.number(0, count)).isEqualTo(Integer.parseInt(number));
                assertThat(line.word(0, count)).isEqualTo(number);
            }
            assertThat(first("ABCDEFGHIJZ".substring(11 - count) + "[A\n").afterCapitals(0))
                    .isEqualTo(count);
            assertThat(first("x".repeat(count) + "\ty z\n").afterWord(0)).isEqualTo(count);
        }
        assertThat(first("12.050 \n").seconds(0)).isNull();
        assertThat(first("12.050\n").seconds(0)).isEqualTo(Duration.ofMillis(12_050));
        assertThat(first("in 7\n").seconds(3)).isEqualTo(Duration.ofSeconds(7));
        assertThat(first(".5\n").seconds(0)).isNull();
        assertThat(first("5.\n").seconds(0)).isNull();
    }

    private static Line first(String text) throws IOException {
        return Objects.requireNonNull(
                new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LONGEST).next());
    }

    @Test
    void nameOnALineHasTheHashOfItsText() throws IOException {
        for (int length = 0; length < 60; length++) {
            String name = "case of many words ".repeat(4).substring(0, length) + (length % 3 == 0 ? "ü" : "");
            Line line = new Lines(
                            new ByteArrayInputStream(("PASS: " + name + "\n").getBytes(StandardCharsets.UTF_8)), 200)
                    .next();
            assertThat(line).isNotNull();
            assertThat(line.name(6, line.length())).isEqualTo(Name.of(name));
            assertThat(Name.of(name).hash()).isNotEqualTo(Name.of(name + " ").hash());
        }
    }
}
