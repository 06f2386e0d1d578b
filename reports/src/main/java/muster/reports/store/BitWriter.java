package muster.reports.store;

import java.util.Arrays;

/** Packs decisions. */
final class BitWriter extends BitCoder {

    private final ByteWriter bytes = new ByteWriter();
    private long low;
    private long range = WHOLE;
    private int held;
    private long holding = 1;

    @Override
    boolean writes() {
        return true;
    }

    @Override
    protected boolean code(int yes, boolean is) {
        long share = share(range, yes);
        if (is) {
            range = share;
        } else {
            low += share;
            range -= share;
        }
        while (range < NARROW) {
            range = range << 8 & WHOLE;
            shift();
        }
        return is;
    }

    /** All of it; bytes of 0 at the end are left out, and so is the first one, which no carry reaches: it is 0. */
    byte[] toBytes() {
        for (int zeros = 31; zeros >= 0; zeros--) {
            long mask = (1L << zeros) - 1;
            long roundest = low + mask & ~mask;
            if (roundest < low + range) {
                low = roundest;
                break;
            }
        }
        for (int i = 0; i < 5; i++) {
            shift();
        }
        byte[] all = bytes.withoutZerosAtTheEnd();
        return Arrays.copyOfRange(all, Math.min(1, all.length), all.length);
    }

    /** The highest byte of what is low is held back while a carry may still change it, with all that are 255 behind it. */
    private void shift() {
        if (low < 0xFF00_0000L || low > WHOLE) {
            bytes.put(held + (int) (low >>> 32));
            for (; holding > 1; holding--) {
                bytes.put(0xFF + (int) (low >>> 32));
            }
            held = (int) (low >>> 24) & 0xFF;
            holding = 0;
        }
        holding++;
        low = (low & 0x00FF_FFFFL) << 8;
    }
}
