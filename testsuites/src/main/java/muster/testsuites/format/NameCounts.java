package muster.testsuites.format;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often each name was given, for up to some {@value #MOST} names in little memory: a name is kept as 62 bits or more of
 * its hash, and all but the first 450,000 names lie in temporary files that are mapped, deleted as soon as they are made.
 * Two different names are taken for one with a probability of about n² / 2⁶⁴: 10 million of them, one time in 200,000.
 *
 * <p>The tables are never copied into larger ones: a full one stays as it is, and one eight times as large takes what
 * comes next.
 */
final class NameCounts implements AutoCloseable {
    /** Names, and also times that one name can be counted. */
    static final int MOST = 16_000_000;

    private static final int BITS_OF_FIRST = 13;
    private static final int BITS_OF_LAST = 25;
    private static final int BITS_MORE = 3;
    private static final int MOST_BITS_IN_HEAP = 19;

    /** The newest first, for it holds the most. */
    private final Deque<NameTable> tables = new ArrayDeque<>();

    NameCounts() {
        tables.push(NameTable.inHeap(BITS_OF_FIRST));
    }

    /**
     * How often this name was seen, this time included.
     *
     * @throws IOException when there is no room for it
     */
    int add(String name) throws IOException {
        long hash = hash(name);
        for (NameTable table : tables) {
            int count = table.addToKnown(hash);
            if (count > 0) {
                return count;
            }
        }
        if (tables.element().isFull()) {
            int bits = tables.element().bits() + BITS_MORE;
            if (bits > BITS_OF_LAST) {
                throw new IOException("there are too many of them");
            }
            tables.push(bits > MOST_BITS_IN_HEAP ? NameTable.inFile(bits) : NameTable.inHeap(bits));
        }
        tables.element().addNew(hash);
        return 1;
    }

    /** Four characters at a time, by multiplication and rotation; then the finishing steps of MurmurHash3. */
    private static long hash(String name) {
        long hash = 0x9e3779b97f4a7c15L ^ name.length();
        int at = 0;
        for (; at + 4 <= name.length(); at += 4) {
            long four = name.charAt(at)
                    | (long) name.charAt(at + 1) << 16
                    | (long) name.charAt(at + 2) << 32
                    | (long) name.charAt(at + 3) << 48;
            hash = (Long.rotateLeft(hash, 29) ^ four) * 0xd6e8feb86659fd93L;
        }
        for (; at < name.length(); at++) {
            hash = (Long.rotateLeft(hash, 29) ^ name.charAt(at)) * 0xd6e8feb86659fd93L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    @Override
    public void close() {
        tables.forEach(NameTable::close);
    }
}
