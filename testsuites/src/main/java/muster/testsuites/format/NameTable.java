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
 * Counts by hash, in 2ⁿ places of 64 bits. A place holds the 40 upper bits of a hash, whose lower bits say where to look,
 * and 24 bits of count; 0 is a free one.
 */
final class NameTable implements AutoCloseable {
    private static final int BITS_OF_COUNT = 24;
    private static final int MEBIBYTE = 1 << 20;

    private final int bits;
    private final MemorySegment places;
    private final @Nullable Arena mapping;
    private int names;

    private NameTable(int bits, MemorySegment places, @Nullable Arena mapping) {
        this.bits = bits;
        this.places = places;
        this.mapping = mapping;
    }

    static NameTable inHeap(int bits) {
        return new NameTable(bits, MemorySegment.ofArray(new long[1 << bits]), null);
    }

    /** In a temporary file without a name. It is filled with zeros at once, so that a full disk shows now and not later. */
    static NameTable inFile(int bits) throws IOException {
        Path file = Files.createTempFile("muster", ".names");
        Arena mapping = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Files.delete(file);
            long size = (long) Long.BYTES << bits;
            ByteBuffer zeros = ByteBuffer.allocate(MEBIBYTE);
            for (long at = 0; at < size; at += zeros.position()) {
                zeros.clear();
                channel.write(zeros, at);
            }
            return new NameTable(bits, channel.map(FileChannel.MapMode.READ_WRITE, 0, size, mapping), mapping);
        } catch (IOException failed) {
            mapping.close();
            throw failed;
        }
    }

    int bits() {
        return bits;
    }

    /** Whether three quarters are taken. */
    boolean isFull() {
        return names >= 3L << bits >> 2;
    }

    /** Counts a hash that is here once more and says how often it was; 0 where it is not here. */
    int addToKnown(long hash) {
        long place = place(hash);
        long value = places.getAtIndex(ValueLayout.JAVA_LONG, place);
        if (value == 0) {
            return 0;
        }
        places.setAtIndex(ValueLayout.JAVA_LONG, place, value + 1);
        return (int) (value + 1) & (1 << BITS_OF_COUNT) - 1;
    }

    /** Takes in a hash that is not here, with a count of 1. */
    void addNew(long hash) {
        places.setAtIndex(ValueLayout.JAVA_LONG, place(hash), hash >>> BITS_OF_COUNT << BITS_OF_COUNT | 1);
        names++;
    }

    /** Where this hash is, or the free place where it belongs. */
    private long place(long hash) {
        long mask = (1L << bits) - 1;
        long place = hash & mask;
        while (true) {
            long value = places.getAtIndex(ValueLayout.JAVA_LONG, place);
            if (value == 0 || (value ^ hash) >>> BITS_OF_COUNT == 0) {
                return place;
            }
            place = place + 1 & mask;
        }
    }

    @Override
    public void close() {
        if (mapping != null) {
            mapping.close();
        }
    }
}
