package muster.testsuites.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each name was given, for up to some {@value #MOST} names in little memory: a name is kept as 52 bits of its
 * hash and 12 of its count, in the heap while there are fewer than 400,000, beyond that in temporary files that are mapped:
 * of 32 MB, and of 256 MB for more than 3 million. Two of n names are taken for one with a probability of about n² / 2⁵³: of
 * 100,000, one time in a million; of 10 million, one time in 90.
 */
final class NameCounts implements AutoCloseable {
    /** Names, and also times that one name can be counted. */
    static final int MOST = 16_000_000;

    private static final int TWO = 2 * Long.BYTES;
    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long LAST = 0xd6e8feb86659fd93L;

    private static final int BITS_OF_FIRST = 15;
    private static final int MOST_BITS_IN_HEAP = 19;
    private static final int BITS_OF_FIRST_FILE = 22;
    private static final int BITS_OF_LAST = 25;
    private static final long COUNT = (1L << NameTable.BITS_OF_COUNT) - 1;

    private NameTable table = NameTable.inHeap(BITS_OF_FIRST);
    private int names;
    /** By hash, of the names whose count is too large for the table: 4000 of them at most. */
    private final Map<Long, Integer> often = new HashMap<>();

    /**
     * How often this name was seen, this time included.
     *
     * @throws IOException when there is no room for it
     */
    int add(String name) throws IOException {
        long first = (hash(name) & ~COUNT) | 1;
        long place = table.place(first);
        long value = table.at(place);
        if (value == 0) {
            addNew(first, place);
            return 1;
        } else if ((value & COUNT) < COUNT) {
            table.put(place, value + 1);
            return (int) ((value + 1) & COUNT);
        }
        return often.merge(value >>> NameTable.BITS_OF_COUNT, (int) COUNT + 1, (old, one) -> old + 1);
    }

    private void addNew(long value, long place) throws IOException {
        boolean full = names >= 3L << table.bits() >> 2;
        if (full) {
            grow();
        }
        table.put(full ? table.place(value) : place, value);
        names++;
    }

    private void grow() throws IOException {
        int bits = table.bits();
        if (bits == BITS_OF_LAST) {
            throw new IOException("there are too many of them");
        }
        NameTable larger = bits < MOST_BITS_IN_HEAP
                ? NameTable.inHeap(bits + 1)
                : NameTable.inFile(bits < BITS_OF_FIRST_FILE ? BITS_OF_FIRST_FILE : BITS_OF_LAST);
        table.copyTo(larger);
        table.close();
        table = larger;
    }

    static long hash(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /**
     * Of the name that these bytes of UTF-8 are. Sixteen bytes at a time, the last sixteen once more; shorter ones are
     * filled up with zeros, and the length tells those apart.
     */
    static long hash(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < TWO) {
            byte[] filled = new byte[TWO];
            System.arraycopy(bytes, from, filled, 0, length);
            return folded(mixed(length, filled, 0), LAST);
        }
        long hash = length;
        int last = to - TWO;
        for (int at = from; at < last; at += TWO) {
            hash = mixed(hash, bytes, at);
        }
        return folded(mixed(hash, bytes, last), LAST);
    }

    private static long mixed(long hash, byte[] bytes, int at) {
        return folded(Bytes.eight(bytes, at) ^ FIRST, Bytes.eight(bytes, at + Long.BYTES) ^ hash);
    }

    /** All bits of both make all bits of the result: the halves of their product. */
    private static long folded(long one, long other) {
        return (one * other) ^ Math.unsignedMultiplyHigh(one, other);
    }

    @Override
    public void close() {
        table.close();
    }
}
