package muster.testsuites.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The line of a journal that was read last, as bytes of UTF-8 without any control character but the tab: what journals
 * say stands in ASCII, and only what is kept of a line becomes a text. Places are counted in bytes, from 0. It changes
 * when the next line is read.
 */
final class Line {
    private static final int MOST_DIGITS = 9;

    private final RecentWords words = new RecentWords();
    private byte[] bytes = {};
    private int begin;
    private int length;
    private boolean ascii;
    private long number;
    private boolean ended;

    /**
     * @param ended whether a newline stood at its end; false at most for a journal's last line
     */
    void be(byte[] in, int from, int to, boolean ascii, boolean ended) {
        bytes = in;
        begin = from;
        length = to - from;
        this.ascii = ascii;
        number++;
        this.ended = ended;
    }

    /** Takes on another text in place of its own; its number stays. */
    void become(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
        begin = 0;
        length = bytes.length;
        ascii = false;
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

    /** The place behind {@code text}, which may be of any characters, where it stands at {@code from}; else -1. */
    int after(String text, int from) {
        if (ascii) {
            return startsWith(text, from) ? from + text.length() : -1;
        }
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int to = from + wanted.length;
        boolean stands = to <= length && Arrays.equals(bytes, begin + from, begin + to, wanted, 0, wanted.length);
        return stands ? to : -1;
    }

    boolean endsWith(String word) {
        return length >= word.length() && startsWith(word, length - word.length());
    }

    /** Where this character of ASCII stands first, from {@code from} on; -1 where it does not. */
    int indexOf(char wanted, int from) {
        int at = Bytes.indexOf(wanted, bytes, begin + from, begin + length);
        return at < 0 ? -1 : at - begin;
    }

    /** The first place from {@code from} on where no space or tab stands. */
    int afterSpaces(int from) {
        int place = from;
        while (isSpace(at(place))) {
            place++;
        }
        return place;
    }

    /** The first place from {@code from} on where no digit stands. */
    int afterDigits(int from) {
        int place = from;
        while (isDigit(at(place))) {
            place++;
        }
        return place;
    }

    /** The first place from {@code from} on where no capital letter of ASCII stands. */
    int afterCapitals(int from) {
        int place = from;
        while (at(place) >= 'A' && at(place) <= 'Z') {
            place++;
        }
        return place;
    }

    /** The first place from {@code from} on where a space or tab stands, or the end. */
    int afterWord(int from) {
        int place = from;
        while (place < length && !isSpace(at(place))) {
            place++;
        }
        return place;
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
        int said = 0;
        for (int place = from; place < to; place++) {
            char c = at(place);
            if (!isDigit(c)) {
                return -1;
            }
            said = 10 * said + (c - '0');
        }
        return said;
    }

    String text() {
        return text(0, length);
    }

    String text(int from) {
        return text(from, length);
    }

    String text(int from, int to) {
        return from == to
                ? ""
                : new String(
                        bytes, begin + from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
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
        return new Name(text(from, to), Name.hash(bytes, begin + from, begin + to));
    }

    /** Like {@link #text(int, int)}, for the words that stand in every other line: mostly it is no new text. */
    String word(int from, int to) {
        return ascii ? words.word(bytes, begin + from, begin + to) : text(from, to);
    }
}
