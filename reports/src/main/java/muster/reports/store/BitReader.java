package muster.reports.store;

/** Reads what {@link BitWriter} packed. */
final class BitReader extends BitCoder {

    private final byte[] bytes;
    private int at;
    private long code;
    private long range = WHOLE;

    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
        for (int i = 0; i < 4; i++) {
            code = code << 8 | next();
        }
    }

    @Override
    boolean writes() {
        return false;
    }

    @Override
    protected boolean code(int yes, boolean is) {
        long share = share(range, yes);
        boolean was = code < share;
        if (was) {
            range = share;
        } else {
            code -= share;
            range -= share;
        }
        while (range < NARROW) {
            range = range << 8 & WHOLE;
            code = (code << 8 | next()) & WHOLE;
        }
        return was;
    }

    private int next() {
        return at < bytes.length ? bytes[at++] & 0xFF : 0;
    }
}
