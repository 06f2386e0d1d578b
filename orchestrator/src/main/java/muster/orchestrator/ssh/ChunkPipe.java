package muster.orchestrator.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands a command's output and error, in the order in which they came, from the connection's thread to the thread that called
 * for them. A slow reader makes the connection wait, never memory grow.
 */
final class ChunkPipe implements Execution.Receiver {

    private static final int CHUNKS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final OutputStream output = new End(false);
    private final OutputStream error = new End(true);
    private final Queue<Chunk> chunks = new ArrayDeque<>();
    private boolean ended;
    private boolean abandoned;

    /** Some bytes of {@link #output} or {@link #error}. */
    private static final class Chunk {
        private final boolean isError;
        private final byte[] bytes;

        Chunk(boolean isError, byte[] bytes) {
            this.isError = isError;
            this.bytes = bytes;
        }
    }

    /** Where the connection's thread writes one of the two. */
    private final class End extends OutputStream {
        private final boolean isError;

        End(boolean isError) {
            this.isError = isError;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                put(new Chunk(isError, Arrays.copyOfRange(bytes, offset, offset + length)));
            }
        }
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public OutputStream error() {
        return error;
    }

    private void put(Chunk chunk) {
        lock.lock();
        try {
            while (chunks.size() >= CHUNKS && !abandoned && !ended) {
                changed.awaitUninterruptibly();
            }
            if (!abandoned) {
                chunks.add(chunk);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        change(() -> ended = true);
    }

    /** Nothing will be read any more: what is written is dropped. */
    void abandon() {
        change(() -> {
            abandoned = true;
            chunks.clear();
        });
    }

    /** Copies until the end. */
    void copyTo(OutputStream outputSink, OutputStream errorSink) throws IOException, InterruptedException {
        for (Chunk chunk = next(); chunk != null; chunk = next()) {
            (chunk.isError ? errorSink : outputSink).write(chunk.bytes);
        }
    }

    /** The next one, null at the end. */
    private @Nullable Chunk next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (chunks.isEmpty() && !ended) {
                changed.await();
            }
            Chunk chunk = chunks.poll();
            changed.signalAll();
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
