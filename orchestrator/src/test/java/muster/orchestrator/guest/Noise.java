package muster.orchestrator.guest;

import java.io.InputStream;
import java.util.Random;

/** A stated number of pseudo-random bytes, always the same. */
public final class Noise extends InputStream {
    private final Random random = new Random(1);
    private long left;

    public Noise(long bytes) {
        left = bytes;
    }

    @Override
    public int read() {
        return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        byte[] fresh = new byte[count];
        random.nextBytes(fresh);
        System.arraycopy(fresh, 0, bytes, offset, count);
        left -= count;
        return count;
    }
}
