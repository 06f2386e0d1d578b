package muster.testsuites.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes, eight at a time: the first of them is the lowest of a {@code long}. */
final class Bytes {
    static final long ONES = 0x0101010101010101L;
    static final long HIGHEST = 0x8080808080808080L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** The eight bytes from {@code at} on. */
    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Highest bits of the bytes that are 0, and perhaps of some above them. */
    static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHEST;
    }

    /** Highest bits of the bytes that are 0, and of no others. */
    static long allZeros(long eight) {
        return ~(((eight & ~HIGHEST) + ~HIGHEST) | eight) & HIGHEST;
    }

    /** Highest bits of the bytes that are no printable ASCII, and perhaps of some above them. */
    static long unprintable(long eight) {
        return (eight | (eight - ' ' * ONES) | (eight + ONES)) & HIGHEST;
    }

    /** Highest bits of the bytes that are not from {@code first} to {@code last}, and perhaps of some above them. */
    static long outside(char first, char last, long eight) {
        return (eight | ~(eight + (0x80 - first) * ONES) | (eight + (0x7f - last) * ONES)) & HIGHEST;
    }

    /** The number that the first {@code count} bytes say, one to eight; -1 where they are not all digits. */
    static int number(long eight, int count) {
        int others = Long.SIZE - Byte.SIZE * count;
        long padded = (eight << others) | (('0' * ONES) & ((1L << others) - 1));
        if (outside('0', '9', padded) != 0) {
            return -1;
        }
        long digits = padded & 0xf * ONES;
        long pairs = (10 * digits + (digits >>> 8)) & 0x00ff00ff00ff00ffL;
        long fours = (100 * pairs + (pairs >>> 16)) & 0x0000ffff0000ffffL;
        return (int) (10_000 * (fours & 0xffff) + (fours >>> 32));
    }

    /** These bytes of ASCII as a text. */
    @SuppressWarnings("deprecation") // what it does not do right are other characters; it is the fastest by far
    static String ascii(byte[] bytes, int from, int count) {
        return new String(bytes, 0, from, count);
    }

    /** Which byte the lowest of these highest bits belongs to, from 0. */
    static int first(long highest) {
        return Long.numberOfTrailingZeros(highest) >>> 3;
    }

    /** Where {@code wanted} stands first from one place to before another; -1 where it does not. */
    static int indexOf(char wanted, byte[] bytes, int from, int to) {
        long pattern = wanted * ONES;
        int at = from;
        for (; at < to && at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long found = zeros(eight(bytes, at) ^ pattern);
            if (found != 0) {
                int place = at + first(found);
                return place < to ? place : -1;
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at < to ? at : -1;
    }
}
