package muster.reports.store;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A journal that is made up while it is read; it looks at the heap now and then. */
final class LargeJournal extends InputStream {

    /** How often, in bytes. */
    private static final long LOOK = 64L << 20;

    private final int cases;
    private final byte[] said;
    private final long idle = liveHeap();
    private byte[] now = {};
    private int at;
    private int next;
    private long given;
    private long looked;
    private long most;

    /**
     * @param cases of which every second one fails
     * @param bytes what it says of all of them together, about
     */
    LargeJournal(int cases, long bytes) {
        this.cases = cases;
        String line = "+expected something else here, which goes on to the end of a line\n";
        said = line.repeat((int) (bytes / cases / line.length())).getBytes(StandardCharsets.UTF_8);
    }

    /** The most that was alive in the heap when it looked, over what was alive at the beginning, in bytes. */
    long heapAboveIdle() {
        return Math.max(0, most - idle);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (at == now.length && !more()) {
            return -1;
        }
        int count = Math.min(length, now.length - at);
        System.arraycopy(now, at, into, offset, count);
        at += count;
        given += count;
        if (given - looked > LOOK) {
            looked = given;
            most = Math.max(most, liveHeap());
        }
        return count;
    }

    /** Turns to the next line of a result, or to what was said of it. */
    private boolean more() {
        if (next > 2 * cases) {
            return false;
        }
        int number = next / 2;
        if (next == 2 * cases) {
            now = ("END: " + cases + "\n").getBytes(StandardCharsets.UTF_8);
        } else if (next % 2 == 0) {
            now = ((number % 2 == 0 ? "FAIL: " : "PASS: ") + BenchFarm.name(number) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } else {
            now = said;
        }
        at = 0;
        next++;
        return true;
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
