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
