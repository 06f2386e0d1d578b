package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;

/** A JSON text whose strings and numbers are cut to a bound, so that none of a hostile one fills the memory. */
final class ShortStrings extends InputStream {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_CHARACTER = 4;
    private static final int LONGEST_WORD = 500;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;
    private boolean inString;
    private boolean escape;
    private int digits;
    private boolean dropping;
    private int length;

    /**
     * @param longest bytes of a string that are kept, and at most one character or escape more
     */
    ShortStrings(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        int written = 0;
        while (written == 0 && count > 0) {
            if (at == filled) {
                at = 0;
                filled = Math.max(0, in.read(chunk));
                if (filled == 0) {
                    return -1;
                }
            }
            while (at < filled && written < count) {
                byte b = chunk[at++];
                if (keeps(b)) {
                    to[offset + written++] = b;
                }
            }
        }
        return written;
    }

    /** Whether it can stand in a number, or in a word like {@code null}. */
    private static boolean isOfWord(byte b) {
        return b == '+'
                || b == '-'
                || b == '.'
                || (b >= '0' && b <= '9')
                || (b >= 'A' && b <= 'z' && b != '[' && b != ']');
    }

    /** Follows the text by one byte; whether it is kept. Escapes and characters are kept or dropped whole. */
    private boolean keeps(byte b) {
        if (!inString) {
            inString = b == '"';
            dropping = false;
            length = isOfWord(b) ? Math.min(length + 1, LONGEST_WORD + 1) : 0;
            return length <= LONGEST_WORD;
        }
        if (escape) {
            escape = false;
            digits = b == 'u' ? 4 : 0;
        } else if (digits > 0) {
            digits--;
        } else if (b == '"') {
            inString = false;
            return true;
        } else {
            boolean begins = (b & 0xc0) != 0x80;
            dropping = begins ? length >= longest : dropping || length >= longest + LONGEST_CHARACTER;
            escape = b == '\\';
        }
        length += dropping ? 0 : 1;
        return !dropping;
    }
}
