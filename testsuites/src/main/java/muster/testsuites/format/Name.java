package muster.testsuites.format;

import java.nio.charset.StandardCharsets;

/**
 * The name of a case as its journal writes it.
 *
 * @param hash of its bytes in UTF-8; all 64 bits are as good as random
 */
record Name(String text, long hash) {
    private static final byte LAST_OF_ASCII = 0x7f;
    private static final int TWO = 2 * Long.BYTES;
    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long LAST = 0xd6e8feb86659fd93L;

    static Name of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Name(text, hash(bytes, 0, bytes.length));
    }

    /** A name that may hold control characters. */
    static Name harmless(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at <= bytes.length - Long.BYTES && Bytes.unprintable(Bytes.eight(bytes, at)) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] < LAST_OF_ASCII) {
            at++;
        }
        return at == bytes.length ? new Name(text, hash(bytes, 0, at)) : of(Harmless.line(text));
    }

    /** Sixteen bytes at a time, the last sixteen or eight once more. Shorter names are one number; the length counts, too. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        if (hash < Long.BYTES) {
            long number = 0;
            for (int at = from; at < to; at++) {
                number = number << Byte.SIZE | (bytes[at] & 0xff);
            }
            return folded(folded(number ^ FIRST, hash ^ LAST), LAST);
        } else if (hash < TWO) {
            return folded(mixed(hash, bytes, from, to - Long.BYTES), LAST);
        }
        int last = to - TWO;
        for (int at = from; at < last; at += TWO) {
            hash = mixed(hash, bytes, at, at + Long.BYTES);
        }
        return folded(mixed(hash, bytes, last, last + Long.BYTES), LAST);
    }

    private static long mixed(long hash, byte[] bytes, int first, int second) {
        return folded(Bytes.eight(bytes, first) ^ FIRST, Bytes.eight(bytes, second) ^ hash);
    }

    /** The halves of the product of both, so that every bit of them counts for every bit of the result. */
    private static long folded(long one, long other) {
        return (one * other) ^ Math.unsignedMultiplyHigh(one, other);
    }
}
