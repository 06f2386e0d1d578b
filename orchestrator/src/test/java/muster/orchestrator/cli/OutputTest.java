package muster.orchestrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.reports.CellKey;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final List<CellKey> CELLS =
            List.of(CellKey.parse("debian-12:posix:full@uml"), CellKey.parse("debian-13:posix:full@uml"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theLastLinesAreKeptWhateverPiecesTheyComeIn() throws IOException {
        try (LastLines last = new LastLines(out, 2)) {
            last.write("one\ntw".getBytes(UTF_8));
            last.write("o\nthree\nfo".getBytes(UTF_8));
            assertThat(out.size()).isZero();
            last.write("ur".getBytes(UTF_8));
        }
        assertThat(out).hasToString("three\nfour");
    }

    @Test
    void withoutANumberLinesPassAtOnce() throws IOException {
        try (LastLines last = new LastLines(out, Integer.MAX_VALUE)) {
            last.write("one\ntw".getBytes(UTF_8));
            assertThat(out).hasToString("one\ntw");
        }
        assertThat(out).hasToString("one\ntw");
    }

    @Test
    void aConsolesControlCharactersDoNotReachTheTerminal() throws IOException {
        byte[] bytes = "\u001b[2Jboot\u0007 \u00e9\r\nnext\u009b0m \u202e\ud83d\ude00\r\n".getBytes(UTF_8);
        try (OutputStream harmless = new Harmless(out)) {
            harmless.write(bytes);
        }
        String shown = "\ufffd[2Jboot\ufffd \u00e9\nnext\ufffd0m \ufffd\ud83d\ude00\n";
        assertThat(out.toString(UTF_8)).isEqualTo(shown);
        out.reset();
        try (OutputStream harmless = new Harmless(out)) {
            for (byte each : bytes) {
                harmless.write(each);
            }
            harmless.write(0xe2);
        }
        assertThat(out.toString(UTF_8)).isEqualTo(shown + "\ufffd");
    }

    @Test
    void bytesAreCutIntoHarmlessLines() {
        List<String> lines = new ArrayList<>();
        try (Lines cut = new Lines(lines::add)) {
            for (byte each : "\u00e9\r\n\n\u001b]0;x\u0007last".getBytes(UTF_8)) {
                cut.write(each);
            }
        }
        assertThat(lines).containsExactly("\u00e9", "", "\ufffd]0;x\ufffdlast");
    }

    @Test
    void aCellThatIsNotThereComesWithTheWordThatMayHaveBeenMeant() throws Exception {
        assertThat(Cells.one("debian-12", CELLS)).isEqualTo(CELLS.getFirst());
        assertThatThrownBy(() -> Cells.one("debian-12:posx", CELLS))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("no suite is called 'posx'")
                .hasMessageContaining("did you mean 'posix'?");
        assertThatThrownBy(() -> Cells.one("*", CELLS))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it selects 2, debian-12:posix:full@uml, debian-13");
        assertThatThrownBy(() -> Cells.one("*", List.of())).hasMessageContaining("there are none just now");
    }
}
