package muster.reports.store;

/** Bits behind each other, from the lowest bit of a byte on. */
final class BitWriter {

    private final ByteWriter bytes = new ByteWriter();
    private int open;
    private int count;

    /** Puts the lowest {@code bits} of a value, the lowest of them first. */
    void put(long value, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            open |= (int) (value >>> bit & 1) << count;
            if (++count == Byte.SIZE) {
                bytes.put(open);
                open = 0;
                count = 0;
            }
        }
    }

    byte[] toBytes() {
        if (count > 0) {
            bytes.put(open);
            open = 0;
            count = 0;
        }
        return bytes.toBytes();
    }
}
