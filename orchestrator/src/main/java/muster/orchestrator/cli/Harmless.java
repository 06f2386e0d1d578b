package muster.orchestrator.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what steers a terminal out of a guest's bytes on their way to it, whatever pieces they come in: they are text in
 * UTF-8, made {@link Words#harmless}. A carriage return before a line's end, which consoles write, is left out.
 */
final class Harmless extends FilterOutputStream {

    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = {};
    private boolean carriageReturn;

    Harmless(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(rest.length + length)
                .put(rest)
                .put(bytes, offset, length)
                .flip();
        decode(in, false);
        rest = new byte[in.remaining()];
        in.get(rest);
    }

    private void decode(ByteBuffer in, boolean last) throws IOException {
        CharBuffer decoded = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
        utf8.decode(in, decoded, last);
        String text = (carriageReturn ? "\r" : "") + decoded.flip();
        carriageReturn = !last && text.endsWith("\r");
        String whole = carriageReturn ? text.substring(0, text.length() - 1) : text;
        out.write(Words.harmless(whole.replace("\r\n", "\n")).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing more comes; what it writes to stays open. */
    void end() throws IOException {
        decode(ByteBuffer.wrap(rest), true);
        rest = new byte[0];
        utf8.reset();
        flush();
    }

    @Override
    public void close() throws IOException {
        end();
        super.close();
    }
}
