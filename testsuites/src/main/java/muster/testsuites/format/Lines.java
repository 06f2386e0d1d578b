package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
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

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;
    private byte[] line = new byte[1024];
    private long number;

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
            return new Line(number, text(chunk, begin, end), false, true);
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
                return new Line(number, text(line, 0, length), cut, ended);
            }
            end = endOfLine();
        }
    }

    private int endOfLine() {
        int end = at;
        while (end < filled && chunk[end] != '\n') {
            end++;
        }
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

    private static String text(byte[] bytes, int begin, int end) {
        int to = end > begin && bytes[end - 1] == '\r' ? end - 1 : end;
        return Harmless.line(new String(bytes, begin, to - begin, StandardCharsets.UTF_8));
    }
}
