package muster.reports.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow. A varint is seven bits a byte, the lowest first, the eighth bit set on all but the last; zigzag maps
 * 0, -1, 1, -2 to 0, 1, 2, 3.
 */
final class ByteWriter {

    private byte[] bytes = new byte[1024];
    private int size;

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** The length in bytes, then UTF-8. */
    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    void bytes(byte[] other, int from, int to) {
        room(to - from);
        System.arraycopy(other, from, bytes, size, to - from);
        size += to - from;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    byte[] withoutZerosAtTheEnd() {
        int end = size;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
