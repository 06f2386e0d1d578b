package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a text that nobody vouches for, holding little more than one bounded line of it. Bytes that are no
 * UTF-8 come out as U+FFFD; control characters, which could write over a terminal, as their Unicode pictures (NUL as
 * {@code ␀}, ESC as {@code ␛}), all but the tab. A carriage return before the newline is dropped. A line of printable
 * ASCII, as most are, is not even copied.
 */
final class Lines {
    private static final int MORE = 1 << 16;
    private static final long NEWLINES = '\n' * Bytes.ONES;
    private static final long SPACES = ' ' * Bytes.ONES;
    private static final byte DELETE = 0x7f;
    private static final long DELETES = DELETE * Bytes.ONES;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer;
    private final Line line = new Line();
    private int at;
    private int filled;
    /** Not 0 where the line holds anything but printable ASCII, as far as it was gone through. */
    private long odd;

    /**
     * @param in read in large pieces, not closed
     * @param longest bytes of a line that are kept; its rest is passed over
     */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        buffer = new byte[longest + MORE];
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        odd = 0;
        int begin = at;
        int end = endOfLine(begin);
        while (end == filled) {
            int gone = Math.min(end - at, longest);
            if (!fill(gone)) {
                return at == filled ? null : taken(at, at + Math.min(filled - at, longest), filled, false);
            }
            end = endOfLine(at + gone);
            begin = at;
        }
        return taken(begin, Math.min(end, begin + longest), end + 1, true);
    }

    private Line taken(int begin, int end, int next, boolean ended) {
        at = next;
        if (odd == 0) {
            line.be(buffer, begin, end, true, ended);
        } else {
            int to = end > begin && buffer[end - 1] == '\r' ? end - 1 : end;
            String text = Harmless.line(new String(buffer, begin, to - begin, StandardCharsets.UTF_8));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            line.be(bytes, 0, bytes.length, bytes.length == text.length(), ended);
        }
        return line;
    }

    /** Where the line ends that was gone through up to {@code from}: at its newline, or where nothing more is read yet. */
    private int endOfLine(int from) {
        byte[] bytes = buffer;
        int last = filled - Long.BYTES;
        int end = from;
        long seen = odd;
        while (end <= last) {
            long eight = Bytes.eight(bytes, end);
            long newlines = Bytes.zeros(eight ^ NEWLINES);
            // Of bytes that a borrow reaches it can be wrong: only above one that is a control character itself.
            long oddHere = (eight | (eight - SPACES) | Bytes.zeros(eight ^ DELETES)) & Bytes.HIGHEST;
            if (newlines != 0) {
                odd = seen | (oddHere & ((newlines & -newlines) - 1));
                return end + Bytes.first(newlines);
            }
            seen |= oddHere;
            end += Long.BYTES;
        }
        while (end < filled && bytes[end] != '\n') {
            seen |= bytes[end] < ' ' || bytes[end] == DELETE ? 1 : 0;
            end++;
        }
        odd = seen;
        return end;
    }

    /** Reads more behind the first {@code kept} bytes of the line, beyond which nothing is kept of it; false at the end. */
    private boolean fill(int kept) throws IOException {
        filled = at + kept;
        if (kept == 0 || filled == buffer.length) {
            System.arraycopy(buffer, at, buffer, 0, kept);
            at = 0;
            filled = kept;
        }
        int more = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, more);
        return more > 0;
    }
}
