package muster.images;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Exclusive locks on files, between the threads of this process and between processes; the kernel frees a dead process's.
 * A process loses a lock when it closes any channel to the file, so a file is opened only by the thread that may lock it.
 */
public final class FileLocks {

    private static final ConcurrentMap<Path, Semaphore> HERE = new ConcurrentHashMap<>();

    private FileLocks() {}

    /** A lock that is held until it is closed. */
    public static final class Held implements AutoCloseable {
        private final Semaphore here;
        private final FileChannel channel;

        private Held(Semaphore here, FileChannel channel) {
            this.here = here;
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot let go of a lock file", e);
            } finally {
                here.release();
            }
        }
    }

    /**
     * Waits for a lock.
     *
     * @param file created where missing, in a folder that exists
     * @param waiting called once before waiting for somebody else
     */
    static Held acquire(Path file, Runnable waiting) throws IOException, InterruptedException {
        Optional<Held> free = tryAcquire(file);
        if (free.isPresent()) {
            return free.get();
        }
        waiting.run();
        Semaphore here = here(file);
        here.acquire();
        try {
            FileChannel channel = open(file);
            try {
                channel.lock();
                return new Held(here, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (ClosedByInterruptException e) {
            here.release();
            Thread.interrupted();
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            here.release();
            throw e;
        }
    }

    /** Takes a lock, or nothing where somebody else has it. */
    public static Optional<Held> tryAcquire(Path file) throws IOException {
        Semaphore here = here(file);
        if (!here.tryAcquire()) {
            return Optional.empty();
        }
        FileChannel channel;
        FileLock lock;
        try {
            channel = open(file);
            lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
        } catch (IOException | RuntimeException e) {
            here.release();
            throw e;
        }
        if (lock == null) {
            here.release();
            return Optional.empty();
        }
        return Optional.of(new Held(here, channel));
    }

    private static InterruptedException interrupted(Exception cause) {
        var interrupted = new InterruptedException("interrupted while waiting for a lock");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static Semaphore here(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path key = (folder == null ? file : folder.toRealPath().resolve(file.getFileName()));
        return HERE.computeIfAbsent(key, path -> new Semaphore(1, true));
    }

    private static FileChannel open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
