package muster.testsuites.format;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Texts, one behind the other. */
final class Pieces extends InputStream {
    private final Iterator<String> texts;
    private byte[] piece = new byte[0];
    private int at;

    Pieces(Iterator<String> texts) {
        this.texts = texts;
    }

    @Override
    public int read() {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int count) {
        if (!fill()) {
            return -1;
        }
        int given = Math.min(count, piece.length - at);
        System.arraycopy(piece, at, to, offset, given);
        at += given;
        return given;
    }

    private boolean fill() {
        while (at == piece.length && texts.hasNext()) {
            piece = texts.next().getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return at < piece.length;
    }
}
