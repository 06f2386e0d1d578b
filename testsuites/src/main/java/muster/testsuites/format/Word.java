package muster.testsuites.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A word that journals say again and again, made ready to be told in one step: up to sixteen characters of ASCII.
 *
 * @param head its first eight bytes
 * @param tail its last eight bytes, or the same where it has no more
 * @param mask which bits of those count: fewer than all for less than eight bytes
 */
record Word(String text, int length, long head, long tail, long mask) {
    static final int LONGEST = 2 * Long.BYTES;

    static Word of(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            throw new IllegalArgumentException("no word of 1 to " + LONGEST + " characters: " + text);
        }
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), LONGEST);
        long mask = length < Long.BYTES ? (1L << (length * Byte.SIZE)) - 1 : -1;
        return new Word(text, length, Bytes.eight(bytes, 0), Bytes.eight(bytes, tailAt(length)), mask);
    }

    /** Whether these bytes begin with it; there are at least eight of whatever kind behind where it would end. */
    boolean begins(byte[] bytes, int at) {
        long differs = (Bytes.eight(bytes, at) ^ head) | (Bytes.eight(bytes, at + tailAt(length)) ^ tail);
        return (differs & mask) == 0;
    }

    private static int tailAt(int length) {
        return Math.max(0, length - Long.BYTES);
    }
}
