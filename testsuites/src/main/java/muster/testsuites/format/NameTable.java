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
 * 2ⁿ places of 64 bits for values that lie where their upper n bits say, or behind; 0 is a free place. What is above the
 * lowest {@value #BITS_OF_COUNT} bits tells the values apart.
 */
final class NameTable implements AutoCloseable {
    static final int BITS_OF_COUNT = 12;

    private static final int MEBIBYTE = 1 << 20;

    private final int bits;
    private final long[] heap;
    private final MemorySegment file;
    private final @Nullable Arena mapping;

    private NameTable(int bits, long[] heap, MemorySegment file, @Nullable Arena mapping) {
        this.bits = bits;
        this.heap = heap;
        this.file = file;
        this.mapping = mapping;
    }

    static NameTable inHeap(int bits) {
        return new NameTable(bits, new long[1 << bits], MemorySegment.NULL, null);
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

    /** Where the value that differs from this one in its count alone is, or the free place where it belongs. */
    long place(long value) {
        long mask = (1L << bits) - 1;
        long place = value >>> (Long.SIZE - bits);
        while (true) {
            long there = at(place);
            if (there == 0 || (there ^ value) >>> BITS_OF_COUNT == 0) {
                return place;
            }
            place = place + 1 & mask;
        }
    }

    /** The value at this place. */
    long at(long place) {
        return mapping == null ? heap[(int) place] : file.getAtIndex(ValueLayout.JAVA_LONG, place);
    }

    void put(long place, long value) {
        if (mapping == null) {
            heap[(int) place] = value;
        } else {
            file.setAtIndex(ValueLayout.JAVA_LONG, place, value);
        }
    }

    /** Copies all values to a larger table. */
    void copyTo(NameTable larger) {
        for (long place = 0; place < 1L << bits; place++) {
            long value = at(place);
            if (value != 0) {
                larger.put(larger.place(value), value);
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
