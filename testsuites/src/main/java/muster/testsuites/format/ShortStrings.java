package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON text whose strings and numbers are cut to a bound, so that none of a hostile one fills the memory. Mostly nothing is
 * cut, and then the bytes stay where they were read to and are gone through eight at a time.
 */
final class ShortStrings extends InputStream {
    private static final int LONGEST_CHARACTER = 4;
    private static final int LONGEST_WORD = 500;

    private final InputStream in;
    private final int longest;
    private boolean inString;
    private boolean escape;
    private int digits;
    private boolean dropping;
    /** Bytes of the string that are kept, or outside of strings of the word: there up to seven more, right behind a string. */
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
        int kept = 0;
        while (kept == 0 && count > 0) {
            int more = in.read(to, offset, count);
            if (more <= 0) {
                return -1;
            }
            kept = keep(to, offset, offset + more) - offset;
        }
        return kept;
    }

    /** Moves together what is kept of these bytes; where that ends. */
    private int keep(byte[] bytes, int from, int end) {
        int kept = from;
        int at = from;
        while (at < end) {
            int whole = endOfWhole(bytes, at, end) - at;
            if (kept < at) {
                System.arraycopy(bytes, at, bytes, kept, whole);
            }
            kept += whole;
            at += whole;
            int next = Math.min(end, at + Long.BYTES);
            for (; at < next; at++) {
                if (keeps(bytes[at])) {
                    bytes[kept++] = bytes[at];
                }
            }
        }
        return kept;
    }

    /** Follows the text by eight bytes as long as those are simply kept; what comes then is to be gone through one by one. */
    private int endOfWhole(byte[] bytes, int from, int end) {
        int at = from;
        boolean in = inString;
        int count = length;
        while (!escape && digits == 0 && at <= end - Long.BYTES) {
            long eight = Bytes.eight(bytes, at);
            long quotes = Bytes.allZeros(eight ^ '"' * Bytes.ONES);
            boolean inWord = !in && quotes == 0 && isOfWord((byte) (eight >>> (Long.SIZE - Byte.SIZE)));
            boolean toBound = count > (in ? longest : LONGEST_WORD) - Long.BYTES;
            if (inWord || toBound || Bytes.zeros(eight ^ '\\' * Bytes.ONES) != 0) {
                break;
            } else if (quotes == 0) {
                count = in ? count + Long.BYTES : 0;
            } else {
                in ^= (Long.bitCount(quotes) & 1) != 0;
                count = Long.numberOfLeadingZeros(quotes) >>> 3;
                dropping = false;
            }
            at += Long.BYTES;
        }
        inString = in;
        length = count;
        return at;
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
