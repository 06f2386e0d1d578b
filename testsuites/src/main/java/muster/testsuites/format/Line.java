package muster.testsuites.format;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line of a journal that was read last, as bytes of UTF-8 without any control character but the tab: what journals
 * say stands in ASCII, and only what is kept of a line becomes a text. Places are counted in bytes, from 0. It changes
 * when the next line is read.
 */
final class Line {
    /** How many bytes there must be behind the end of a line, of whatever they are. */
    static final int ROOM = Long.BYTES;

    /** Of a number. */
    static final int MOST_DIGITS = 9;

    private final RecentWords words = new RecentWords(NativeWords::verdict);
    private byte[] bytes = {};
    private int begin;
    private int length;
    private boolean ascii;
    private long number;
    private boolean ended;

    /**
     * The next line: printable ASCII and tabs.
     *
     * @param ended whether a newline stood at its end; false at most for a journal's last line
     */
    void be(byte[] in, int from, int to, boolean ended) {
        bytes = in;
        begin = from;
        length = to - from;
        ascii = true;
        number++;
        this.ended = ended;
    }

    /** The next line, of any characters but control characters. */
    void be(String text, boolean ended) {
        become(text);
        number++;
        this.ended = ended;
    }

    /** Takes on another text in place of its own; its number stays. */
    void become(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes = Arrays.copyOf(encoded, encoded.length + ROOM);
        begin = 0;
        length = encoded.length;
        ascii = length == text.length();
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** Whether a newline stood at its end; false at most for a journal's last line. */
    boolean ended() {
        return ended;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isBlank() {
        return isBlank(0);
    }

    boolean isBlank(int from) {
        return afterSpaces(from) == length || (!ascii && text(from).isBlank());
    }

    /** The byte at this place, as a character of ISO 8859-1; NUL, which stands in no line, behind its end. */
    char at(int place) {
        return place < length ? (char) (bytes[begin + place] & 0xff) : '\0';
    }

    /** The eight bytes from this place on, of which those behind its end may be anything. */
    long eight(int place) {
        return Bytes.eight(bytes, begin + place);
    }

    boolean startsWith(String word) {
        return startsWith(word, 0);
    }

    boolean startsWith(String word, int from) {
        int count = word.length();
        if (count > length - from) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[begin + from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(Word word, int from) {
        return word.length() <= length - from && word.begins(bytes, begin + from);
    }

    boolean startsWith(Shape shape, int from) {
        return shape.length() <= length - from && shape.begins(bytes, begin + from);
    }

    /** Whether it is this word from one place to its end. */
    boolean endsWith(Word word, int from) {
        return length - from == word.length() && word.begins(bytes, begin + from);
    }

    /** The place behind this name where it stands at {@code from}; else -1. */
    int after(Name name, int from) {
        if (ascii) {
            int end = from + name.text().length();
            return end <= length && Name.hash(bytes, begin + from, begin + end) == name.hash() ? end : -1;
        }
        byte[] wanted = name.text().getBytes(StandardCharsets.UTF_8);
        int to = from + wanted.length;
        boolean stands = to <= length && Arrays.equals(bytes, begin + from, begin + to, wanted, 0, wanted.length);
        return stands ? to : -1;
    }

    boolean endsWith(String word) {
        return length >= word.length() && startsWith(word, length - word.length());
    }

    /** Where this character of ASCII stands first, from {@code from} on; -1 where it does not. */
    int indexOf(char wanted, int from) {
        long pattern = wanted * Bytes.ONES;
        for (int place = from; place < length; place += Long.BYTES) {
            long found = Bytes.zeros(Bytes.eight(bytes, begin + place) ^ pattern);
            if (found != 0) {
                int first = place + Bytes.first(found);
                return first < length ? first : -1;
            }
        }
        return -1;
    }

    /** Where one of two characters of ASCII stands first, from {@code from} on; -1 where neither does. */
    int indexOf(char one, char other, int from) {
        for (int place = from; place < length; place += Long.BYTES) {
            long eight = Bytes.eight(bytes, begin + place);
            long found = Bytes.zeros(eight ^ one * Bytes.ONES) | Bytes.zeros(eight ^ other * Bytes.ONES);
            if (found != 0) {
                int first = place + Bytes.first(found);
                return first < length ? first : -1;
            }
        }
        return -1;
    }

    /** The first place from {@code from} on where no space or tab stands. */
    int afterSpaces(int from) {
        int place = from;
        while (place < length && isSpace((char) bytes[begin + place])) {
            place++;
        }
        return place;
    }

    /** The first place from {@code from} on where no digit stands. */
    int afterDigits(int from) {
        return after('0', '9', from);
    }

    /** The first place from {@code from} on where no capital letter of ASCII stands. */
    int afterCapitals(int from) {
        return after('A', 'Z', from);
    }

    /** The first place from {@code from} on where none of these characters of ASCII stands. */
    private int after(char first, char last, int from) {
        int place = from;
        while (place < length && bytes[begin + place] >= first && bytes[begin + place] <= last) {
            place++;
        }
        return place;
    }

    /** The first place from {@code from} on where a space or tab stands, or the end. */
    int afterWord(int from) {
        int space = indexOf(' ', '\t', from);
        return space < 0 ? Math.max(from, length) : space;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What the digits from one place to another say, or -1 where they are none, or more than nine. */
    int number(int from, int to) {
        if (from >= to || to - from > MOST_DIGITS || to > length) {
            return -1;
        }
        int last = Math.min(to, from + Long.BYTES);
        int said = Bytes.number(Bytes.eight(bytes, begin + from), last - from);
        if (last == to || said < 0) {
            return said;
        }
        return isDigit(at(last)) ? 10 * said + (at(last) - '0') : -1;
    }

    /** So many seconds as the rest of the line says: up to nine digits, and a point with up to nine more; null where it is anything else. */
    @Nullable
    Duration seconds(int from) {
        int point = afterDigits(from);
        int seconds = number(from, point);
        if (seconds < 0 || point == length) {
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        }
        int fraction = at(point) == '.' ? number(point + 1, length) : -1;
        for (int digits = length - point - 1; fraction > 0 && digits < MOST_DIGITS; digits++) {
            fraction *= 10;
        }
        return fraction < 0 ? null : Duration.ofSeconds(seconds, fraction);
    }

    String text() {
        return text(0, length);
    }

    String text(int from) {
        return text(from, length);
    }

    String text(int from, int to) {
        if (from == to) {
            return "";
        }
        return ascii
                ? Bytes.ascii(bytes, begin + from, to - from)
                : new String(bytes, begin + from, to - from, StandardCharsets.UTF_8);
    }

    /** The text from one place to another without the white space around it. */
    String stripped(int from, int to) {
        int first = Math.min(afterSpaces(from), to);
        String text = text(first, beforeSpaces(first, to));
        return ascii ? text : text.strip();
    }

    /** Where the text from one place to another ends without the white space at its end. */
    int beforeSpaces(int from, int to) {
        int end = to;
        while (end > from && isSpace(at(end - 1))) {
            end--;
        }
        return ascii ? end : from + text(from, end).stripTrailing().getBytes(StandardCharsets.UTF_8).length;
    }

    /** The text from one place to another as the name of a case. */
    Name name(int from, int to) {
        return new Name(text(from, to), hash(from, to));
    }

    /** That of the name from one place to another. */
    long hash(int from, int to) {
        return Name.hash(bytes, begin + from, begin + to);
    }

    /** Like {@link #text(int, int)}, for the words that stand in every other line: mostly it is no new text. */
    String word(int from, int to) {
        return meant(from, to).text();
    }

    /** The same with what the word means by {@link NativeWords}. */
    RecentWords.Meant meant(int from, int to) {
        return words.word(this, from, to);
    }

    /** One to eight bytes of ASCII as a number that differs from those of all other words, and from 0, which is for the rest. */
    long shortWord(int from, int to) {
        int count = to - from;
        boolean isShort = ascii && count > 0 && count <= Long.BYTES;
        return isShort ? Bytes.eight(bytes, begin + from) << (Long.SIZE - Byte.SIZE * count) : 0;
    }
}
