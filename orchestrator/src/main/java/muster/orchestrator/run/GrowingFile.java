package muster.orchestrator.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a file that another thread still writes: waits for more at its end, until it is told that there is no more. */
final class GrowingFile extends InputStream {

    private static final Duration BEAT = Duration.ofMillis(500);

    private final Path file;
    private final BooleanSupplier complete;
    private @Nullable FileChannel channel;

    /**
     * @param file may not be there yet
     * @param complete whether no more will be written
     */
    GrowingFile(Path file, BooleanSupplier complete) {
        this.file = file;
        this.complete = complete;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            boolean last = complete.getAsBoolean();
            int n = readSome(ByteBuffer.wrap(bytes, offset, length));
            if (n > 0) {
                return n;
            }
            if (last) {
                return -1;
            }
            try {
                Thread.sleep(BEAT);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("reading " + file + " was interrupted");
            }
        }
    }

    private int readSome(ByteBuffer buffer) throws IOException {
        if (channel == null) {
            if (!Files.exists(file)) {
                return 0;
            }
            channel = FileChannel.open(file);
        }
        return channel.read(buffer);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
