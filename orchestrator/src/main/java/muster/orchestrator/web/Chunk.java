package muster.orchestrator.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A part of a text that grows.
 *
 * @param text whole characters only
 * @param end where the next part begins, in bytes from the file's beginning
 */
record Chunk(String text, long end) {

    private static final int MOST = 64 << 10;

    /** What a file has from a place on, at most 64 KiB of it; nothing where it is not there. */
    static Chunk read(Path file, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(from);
            for (int count = 1; count > 0 && bytes.hasRemaining(); ) {
                count = channel.read(bytes);
            }
        } catch (NoSuchFileException notYet) {
            return new Chunk("", from);
        }
        int whole = whole(bytes.array(), bytes.position());
        return new Chunk(new String(bytes.array(), 0, whole, StandardCharsets.UTF_8), from + whole);
    }

    /** The last part of a file that is shorter than {@code most} bytes, from the beginning of a line. */
    static Chunk tail(Path file, int most) throws IOException {
        long size = Growth.size(file);
        Chunk last = read(file, Math.max(0, size - Math.min(most, MOST)));
        int line = last.text().indexOf('\n');
        return size <= most || line < 0 ? last : new Chunk(last.text().substring(line + 1), last.end());
    }

    /** How many bytes make whole characters: one that is cut at the end waits for its rest. */
    private static int whole(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(3, length); back++) {
            int last = bytes[length - back] & 0xff;
            if (last < 0x80) {
                return length;
            }
            if (last >= 0xc0) {
                int needs = last >= 0xf0 ? 4 : last >= 0xe0 ? 3 : 2;
                return back < needs ? length - back : length;
            }
        }
        return length;
    }
}
