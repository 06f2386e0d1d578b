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
    /** Bytes that are read at once: so few that they stay near the processor. */
    private static final int MORE = 1 << 14;

    private static final char NEWLINE = '\n';

    private final InputStream in;
    private final int longest;
    /** What was read, a newline behind that, and room for eight bytes to be looked at from there. */
    private final byte[] buffer;

    private final Line line = new Line();
    private int at;
    private int filled;
    /** Whether the line holds anything but printable ASCII and tabs, as far as it was gone through. */
    private boolean odd;

    /**
     * @param in not closed
     * @param longest bytes of a line that are kept; its rest is passed over
     */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        buffer = new byte[longest + MORE + Line.ROOM];
        buffer[0] = NEWLINE;
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        odd = false;
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
        if (odd) {
            int to = end > begin && buffer[end - 1] == '\r' ? end - 1 : end;
            line.be(Harmless.line(new String(buffer, begin, to - begin, StandardCharsets.UTF_8)), ended);
        } else {
            line.be(buffer, begin, end, ended);
        }
        return line;
    }

    /** Where the line ends that was gone through up to {@code from}: at its newline, or behind all that is read yet. */
    private int endOfLine(int from) {
        byte[] bytes = buffer;
        int place = from;
        while (!odd) {
            long unprintable = Bytes.unprintable(Bytes.eight(bytes, place));
            if (unprintable == 0) {
                place += Long.BYTES;
                unprintable = Bytes.unprintable(Bytes.eight(bytes, place));
            }
            if (unprintable == 0) {
                place += Long.BYTES;
            } else {
                place += Bytes.first(unprintable);
                if (bytes[place] == NEWLINE) {
                    return place;
                }
                odd = bytes[place] != '\t';
                place++;
            }
        }
        return Bytes.indexOf(NEWLINE, bytes, place, filled + 1);
    }

    /** Reads more behind the first {@code kept} bytes of the line, beyond which nothing is kept of it; false at the end. */
    private boolean fill(int kept) throws IOException {
        System.arraycopy(buffer, at, buffer, 0, kept);
        at = 0;
        filled = kept;
        int more = in.read(buffer, filled, MORE);
        filled += Math.max(0, more);
        buffer[filled] = NEWLINE;
        return more > 0;
    }
}
