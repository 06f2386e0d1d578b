package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a text that nobody vouches for, holding no more than one bounded line of it. Bytes that are no
 * UTF-8 come out as U+FFFD; control characters, which could write over a terminal, as their Unicode pictures (NUL as
 * {@code ␀}, ESC as {@code ␛}), all but the tab. A carriage return before the newline is dropped.
 */
final class Lines {
    private static final int CHUNK = 1 << 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final byte DELETE = 0x7f;
    private static final long DELETES = DELETE * ONES;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;
    private byte[] line = new byte[1024];
    private long number;
    private boolean plain;

    /**
     * One line.
     *
     * @param number from 1
     * @param cut whether it was longer than the bound; its rest was passed over
     * @param ended whether a newline stood at its end; false at most for the last
     */
    record Line(long number, String text, boolean cut, boolean ended) {}

    /**
     * @param in read in large pieces, not closed
     * @param longest bytes of a line that are kept
     */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        if (at == filled && !fill()) {
            return null;
        }
        number++;
        int begin = at;
        int end = endOfLine();
        if (end < filled && end - begin <= longest) {
            at = end + 1;
            return new Line(number, text(chunk, begin, end, plain), false, true);
        }
        return pieced(end);
    }

    /** A line that does not lie in the chunk as a whole, or is too long. */
    private Line pieced(int endOfFirst) throws IOException {
        int end = endOfFirst;
        int length = 0;
        boolean cut = false;
        while (true) {
            int kept = Math.min(end - at, longest - length);
            cut |= kept < end - at;
            length = keep(length, kept);
            boolean ended = end < filled;
            at = ended ? end + 1 : end;
            if (ended || !fill()) {
                return new Line(number, text(line, 0, length, false), cut, ended);
            }
            end = endOfLine();
        }
    }

    /** Where the line ends, or the chunk; finds out, too, whether all before is printable ASCII. Eight bytes at a time. */
    private int endOfLine() {
        int end = at;
        long odd = 0;
        for (; end + Long.BYTES <= filled; end += Long.BYTES) {
            long word = (long) LONGS.get(chunk, end);
            long newlines = zeros(word ^ NEWLINES);
            // Of bytes that a borrow reaches it can be wrong: only above one that is a control character itself.
            long oddHere = (word | (word - SPACES) | zeros(word ^ DELETES)) & HIGHEST;
            if (newlines != 0) {
                long before = (newlines & -newlines) - 1;
                plain = (odd | (oddHere & before)) == 0;
                return end + (Long.numberOfTrailingZeros(newlines) >>> 3);
            }
            odd |= oddHere;
        }
        while (end < filled && chunk[end] != '\n') {
            odd |= chunk[end] < ' ' || chunk[end] == DELETE ? 1 : 0;
            end++;
        }
        plain = odd == 0;
        return end;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(chunk));
        return filled > 0;
    }

    private int keep(int length, int count) {
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(chunk, at, line, length, count);
        return length + count;
    }

    /** Highest bits of the bytes that are 0, and perhaps of some above them. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHEST;
    }

    private static String text(byte[] bytes, int begin, int end, boolean plain) {
        if (plain) {
            return new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
        }
        int to = end > begin && bytes[end - 1] == '\r' ? end - 1 : end;
        return Harmless.line(new String(bytes, begin, to - begin, StandardCharsets.UTF_8));
    }
}
