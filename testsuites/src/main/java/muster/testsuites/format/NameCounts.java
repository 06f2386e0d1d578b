package muster.testsuites.format;

import java.io.IOException;
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
     * How often the name of this hash was seen, this time included.
     *
     * @throws IOException when there is no room for it
     */
    int add(long hash) throws IOException {
        long first = (hash & ~COUNT) | 1;
        long place = table.find(first);
        if (place < 0) {
            addNew(first, ~place);
            return 1;
        }
        long value = table.at(place);
        if ((value & COUNT) < COUNT) {
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
        table.add(full ? ~table.find(value) : place, value);
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

    @Override
    public void close() {
        table.close();
    }
}
