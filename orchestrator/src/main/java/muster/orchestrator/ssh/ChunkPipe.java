package muster.orchestrator.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands a command's output from the connection's thread to the thread that called for it. A slow reader makes the
 * connection wait, never memory grow.
 */
final class ChunkPipe extends OutputStream {

    private static final int CHUNKS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private boolean ended;
    private boolean abandoned;

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        byte[] chunk = Arrays.copyOfRange(bytes, offset, offset + length);
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

    /** Nothing will be written any more. */
    void end() {
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
    void copyTo(OutputStream sink) throws IOException, InterruptedException {
        for (byte[] chunk = next(); chunk.length > 0; chunk = next()) {
            sink.write(chunk);
        }
    }

    /** The next chunk, empty at the end. */
    private byte[] next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (chunks.isEmpty() && !ended) {
                changed.await();
            }
            byte[] chunk = chunks.poll();
            changed.signalAll();
            return chunk == null ? new byte[0] : chunk;
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
