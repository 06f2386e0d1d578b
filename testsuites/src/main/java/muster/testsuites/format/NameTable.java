package muster.testsuites.format;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * 2ⁿ places for values of 64 bits, eight in a group: a value lies in the group that its upper bits say, or in one behind it.
 * What is above its lowest {@value #BITS_OF_COUNT} bits tells it from others. Seven of those bits are also its mark, and the
 * marks of a group stand together, so that a value which is not there is mostly not looked for any further.
 */
final class NameTable implements AutoCloseable {
    static final int BITS_OF_COUNT = 12;

    private static final int BITS_OF_GROUP = 3;
    private static final int TAKEN = 0x80;
    private static final int MEBIBYTE = 1 << 20;

    private final int bits;
    private final long groups;
    /** The marks of each group, a byte for each of its places, 0 for a free one; then the values. */
    private final long[] heap;

    private final MemorySegment file;
    private final @Nullable Arena mapping;

    private NameTable(int bits, long[] heap, MemorySegment file, @Nullable Arena mapping) {
        this.bits = bits;
        groups = 1L << bits >> BITS_OF_GROUP;
        this.heap = heap;
        this.file = file;
        this.mapping = mapping;
    }

    static NameTable inHeap(int bits) {
        return new NameTable(bits, new long[(int) longs(bits)], MemorySegment.NULL, null);
    }

    /** Of marks and values. */
    private static long longs(int bits) {
        return (1L << bits) + (1L << bits >> BITS_OF_GROUP);
    }

    /** In a temporary file without a name. It is filled with zeros at once, so that a full disk shows now and not later. */
    static NameTable inFile(int bits) throws IOException {
        Path file = Files.createTempFile("muster", ".names");
        Arena mapping = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Files.delete(file);
            long size = Long.BYTES * longs(bits);
            ByteBuffer zeros = ByteBuffer.allocate(MEBIBYTE);
            for (long at = 0; at < size; at += zeros.position()) {
                zeros.clear();
                channel.write(zeros, at);
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, mapping);
            return new NameTable(bits, new long[0], mapped, mapping);
        } catch (IOException failed) {
            mapping.close();
            throw failed;
        }
    }

    int bits() {
        return bits;
    }

    /** Where the value is that differs from this one in its count alone; {@code ~} of where it belongs if it is not there. */
    long find(long value) {
        long wanted = mark(value) * Bytes.ONES;
        long group = value >>> (Long.SIZE - bits + BITS_OF_GROUP);
        while (true) {
            long marks = at(group);
            for (long same = Bytes.zeros(marks ^ wanted); same != 0; same &= same - 1) {
                long place = place(group, Bytes.first(same));
                if ((at(place) ^ value) >>> BITS_OF_COUNT == 0) {
                    return place;
                }
            }
            long free = ~marks & Bytes.HIGHEST;
            if (free != 0) {
                return ~place(group, Bytes.first(free));
            }
            group = (group + 1) & (groups - 1);
        }
    }

    private static long mark(long value) {
        return ((value >>> BITS_OF_COUNT) & (TAKEN - 1)) | TAKEN;
    }

    private long place(long group, int inGroup) {
        return groups + (group << BITS_OF_GROUP) + inGroup;
    }

    /** Puts a value where one look at the marks of its group shows that it is not there yet, and that it has a place; else false. */
    boolean addAtOnce(long value) {
        if (mapping != null) {
            return false;
        }
        int group = (int) (value >>> (Long.SIZE - bits + BITS_OF_GROUP));
        long marks = heap[group];
        long mark = mark(value);
        long free = ~marks & Bytes.HIGHEST;
        if (free == 0 || Bytes.zeros(marks ^ mark * Bytes.ONES) != 0) {
            return false;
        }
        int inGroup = Bytes.first(free);
        heap[group] = marks | mark << (inGroup * Byte.SIZE);
        heap[(int) groups + (group << BITS_OF_GROUP) + inGroup] = value;
        return true;
    }

    /** Puts a value where {@link #find} says that it belongs. */
    void add(long place, long value) {
        long group = (place - groups) >> BITS_OF_GROUP;
        int inGroup = (int) place & ((1 << BITS_OF_GROUP) - 1);
        put(group, at(group) | (mark(value) << (inGroup * Byte.SIZE)));
        put(place, value);
    }

    /** The value at this place. */
    long at(long place) {
        return mapping == null ? heap[(int) place] : file.getAtIndex(ValueLayout.JAVA_LONG, place);
    }

    /** Puts a value where one is that differs from it in its count alone. */
    void put(long place, long value) {
        if (mapping == null) {
            heap[(int) place] = value;
        } else {
            file.setAtIndex(ValueLayout.JAVA_LONG, place, value);
        }
    }

    /** Copies all values to a larger table. */
    void copyTo(NameTable larger) {
        for (long place = groups; place < longs(bits); place++) {
            long value = at(place);
            if (value != 0) {
                larger.add(~larger.find(value), value);
            }
        }
    }

    @Override
    public void close() {
        if (mapping != null) {
            mapping.close();
        }
    }
}
