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

    /** Of 9 KB: most journals that are read at once, as they grow, are short. */
    private static final int BITS_OF_FIRST = 10;

    /** Long journals soon get a table that is large at once, for to copy it again and again takes long. */
    private static final int BITS_OF_SECOND = 12;

    private static final int BITS_OF_THIRD = 15;
    private static final int MOST_BITS_IN_HEAP = 19;
    private static final int BITS_OF_FIRST_FILE = 22;
    private static final int BITS_OF_LAST = 25;
    private static final long COUNT = (1L << NameTable.BITS_OF_COUNT) - 1;

    private NameTable table = NameTable.inHeap(BITS_OF_FIRST);
    private int names;
    /** Names that the table takes before there is a larger one. */
    private int most = most(BITS_OF_FIRST);

    /** By hash, of the names whose count is too large for the table: 4000 of them at most. */
    private final Map<Long, Integer> often = new HashMap<>();

    /**
     * How often the name of this hash was seen, this time included.
     *
     * @throws IOException when there is no room for it
     */
    int add(long hash) throws IOException {
        long first = (hash & ~COUNT) | 1;
        if (names < most && table.addAtOnce(first)) {
            names++;
            return 1;
        }
        return addOrCount(first);
    }

    private static int most(int bits) {
        return 3 << bits >> 2;
    }

    private int addOrCount(long first) throws IOException {
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
        boolean full = names == most;
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
                ? NameTable.inHeap(bits < BITS_OF_SECOND ? BITS_OF_SECOND : Math.max(BITS_OF_THIRD, bits + 1))
                : NameTable.inFile(bits < BITS_OF_FIRST_FILE ? BITS_OF_FIRST_FILE : BITS_OF_LAST);
        table.copyTo(larger);
        table.close();
        table = larger;
        most = most(table.bits());
    }

    @Override
    public void close() {
        table.close();
    }
}
