package muster.testsuites.format;

import java.io.InputStream;

/** The same bytes again and again. */
final class Repeated extends InputStream {
    private final byte[] bytes;
    private final long length;
    private long at;

    Repeated(byte[] bytes, long length) {
        this.bytes = bytes;
        this.length = length;
    }

    @Override
    public int read() {
        return at == length ? -1 : bytes[(int) (at++ % bytes.length)] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int count) {
        if (at == length) {
            return -1;
        }
        int filled = 0;
        while (filled < count && at < length) {
            int begin = (int) (at % bytes.length);
            int piece = (int) Math.min(Math.min(bytes.length - begin, count - filled), length - at);
            System.arraycopy(bytes, begin, to, offset + filled, piece);
            filled += piece;
            at += piece;
        }
        return filled;
    }
}
