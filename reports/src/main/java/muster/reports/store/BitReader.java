package muster.reports.store;

/** Reads what {@link BitWriter} wrote. */
final class BitReader {

    private final byte[] bytes;
    private long at;

    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        at = (long) from * Byte.SIZE;
    }

    long take(int bits) {
        long value = 0;
        for (int bit = 0; bit < bits; bit++) {
            value |= (long) (bytes[(int) (at >>> 3)] >>> (at & 7) & 1) << bit;
            at++;
        }
        return value;
    }
}
