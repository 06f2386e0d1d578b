package muster.orchestrator.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps a guest's escape sequences from the reader's terminal; bytes of UTF-8 beyond ASCII pass. */
final class Harmless extends FilterOutputStream {

    Harmless(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** A carriage return before a line's end, which consoles write, is left out. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        StringBuilder safe = new StringBuilder(length);
        text.chars().forEach(c -> safe.append((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? '?' : (char) c));
        out.write(safe.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
