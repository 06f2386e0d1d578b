package muster.testsuites.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands in journals again and again but for its digits, made ready to be told in one step: up to eight characters of
 * ASCII, each 0 of which stands for any digit.
 *
 * @param mask which bits of eight bytes count
 * @param most for each of those bytes, how much it may differ, below 0x80
 */
record Shape(int length, long bytes, long mask, long most) {

    static Shape of(String text) {
        int length = text.length();
        if (length == 0 || length > Long.BYTES) {
            throw new IllegalArgumentException("no shape of 1 to " + Long.BYTES + " characters: " + text);
        }
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), Long.BYTES);
        byte[] most = new byte[Long.BYTES];
        for (int i = 0; i < length; i++) {
            most[i] = (byte) (bytes[i] == '0' ? 9 : 0);
        }
        long mask = -1L >>> (Long.SIZE - length * Byte.SIZE);
        return new Shape(length, Bytes.eight(bytes, 0), mask, Bytes.eight(most, 0));
    }

    /** Whether these bytes begin so; there are at least eight of whatever kind behind where it would end. */
    boolean begins(byte[] in, int at) {
        long differs = (Bytes.eight(in, at) ^ bytes) & mask;
        return ((differs | (differs + (~Bytes.HIGHEST - most))) & Bytes.HIGHEST) == 0;
    }
}
