package muster.orchestrator.ssh;

import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.Seed;
import muster.testsuites.GuestShell;
import org.jspecify.annotations.Nullable;

/**
 * A guest's root shell over SSH: one connection with a channel for each call, made anew by the next call after it broke.
 * At most {@value #CHANNELS} calls run at once, which is what OpenSSH allows; more wait. While a sink given to {@link
 * #stream} is slow, all calls of the same shell wait for it.
 */
public final class SshShell implements GuestShell, AutoCloseable {

    /** The cipher that it prefers, in OpenSSH's words. */
    public static final String CIPHER = "aes128-gcm@openssh.com";

    private static final int CHANNELS = 10;
    private static final int OUTPUT_CEILING = 1024 * 1024;
    private static final Duration HINT_LIMIT = Duration.ofSeconds(30);
    private static final Duration RECONNECT_LIMIT = Duration.ofMinutes(1);

    private final Connector connector;
    private final Semaphore channels = new Semaphore(CHANNELS, true);
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    private SshShell(Connector connector) {
        this.connector = connector;
    }

    /**
     * Connects to a guest that boots or runs, patiently.
     *
     * @param seed the identity that it was given: another host key is refused
     * @param until how long to try; the guest's end ends it at once
     * @throws ConnectionCut when it did not answer in time, or ended
     * @throws HostKeyMismatch when something else answers in its place
     * @throws KeyRefused when it answers and does not accept the farm's key
     */
    public static SshShell connect(Guest guest, Seed seed, FarmKey key, Instant until, Clock clock)
            throws IOException, InterruptedException {
        return connect(guest, seed, key, until, clock, Keepalive.DEFAULT);
    }

    static SshShell connect(Guest guest, Seed seed, FarmKey key, Instant until, Clock clock, Keepalive keepalive)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(Duration.between(clock.instant(), until));
        guest.awaitReadyHint(deadline.orIn(HINT_LIMIT).left());
        SshShell shell = new SshShell(new Connector(guest, new OneHostKey(seed.hostKeyPublic()), key, keepalive));
        shell.connection(deadline);
        return shell;
    }

    @Override
    public Answer run(String command, Duration limit) throws IOException, InterruptedException {
        return exchange(command, null, limit);
    }

    @Override
    public Answer feed(String command, InputStream input, Duration limit) throws IOException, InterruptedException {
        return exchange(command, input, limit);
    }

    /** What is kept of a command that is waited for. */
    private record CappedOutputs(CappedOutput output, CappedOutput error) implements Execution.Receiver {
        CappedOutputs() {
            this(new CappedOutput(OUTPUT_CEILING), new CappedOutput(OUTPUT_CEILING));
        }

        @Override
        public void end() {
            // whoever waits is told by the execution
        }
    }

    private Answer exchange(String command, @Nullable InputStream input, Duration limit)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(limit);
        takeChannel(command, deadline);
        try (Execution<CappedOutputs> execution = begin(command, CappedOutputs::new, deadline)) {
            if (input == null) {
                execution.closeInput();
            } else {
                execution.feed(input);
            }
            if (!execution.awaitEnd(deadline)) {
                execution.kill();
                throw new ConnectionCut(
                        "cannot wait longer for '" + command + "': it did not end within " + limit,
                        new TimeoutException());
            }
            CappedOutputs said = execution.receiver();
            return new Answer(
                    execution.status(), said.output().text(), said.error().text());
        } finally {
            channels.release();
        }
    }

    @Override
    public int stream(String command, OutputStream output, OutputStream error)
            throws IOException, InterruptedException {
        channels.acquire();
        try (Execution<ChunkPipe> execution = begin(command, ChunkPipe::new, Deadline.in(RECONNECT_LIMIT))) {
            try {
                execution.closeInput();
                execution.receiver().copyTo(output, error);
            } finally {
                execution.receiver().abandon();
            }
            return execution.status();
        } finally {
            channels.release();
        }
    }

    /** The guest lies elsewhere now: the next connection is made there. The one that there is goes on. */
    public void moved(Guest guest) {
        connector.moved(guest);
    }

    /** Breaks the connection as if the network had failed; the next call makes a new one. */
    public void cut() {
        Connection current = connection;
        if (current != null) {
            current.transport().close();
        }
    }

    @Override
    public void close() {
        closed = true;
        connector.abandon();
        Connection current = connection;
        if (current != null) {
            current.close();
        }
    }

    /** A connection may turn out to be broken only when it is used, so a command that could not begin begins once more. */
    private <R extends Execution.Receiver> Execution<R> begin(String command, Supplier<R> receiver, Deadline deadline)
            throws IOException, InterruptedException {
        Connection used = connection(deadline);
        try {
            return new Execution<>(used, command, receiver.get(), deadline);
        } catch (JSchException stale) {
            used.close();
        }
        Connection fresh = connection(deadline);
        try {
            return new Execution<>(fresh, command, receiver.get(), deadline);
        } catch (JSchException e) {
            fresh.close();
            throw new ConnectionCut("cannot run '" + command + "': " + e.getMessage(), e);
        }
    }

    private Connection connection(Deadline deadline) throws IOException, InterruptedException {
        connecting.lockInterruptibly();
        try {
            Connection current = connection;
            if (current != null && current.isUsable()) {
                return current;
            }
            if (closed) {
                throw new IOException("cannot use a shell that was closed");
            }
            if (current != null) {
                current.close();
            }
            Connection fresh = connector.connect(deadline);
            connection = fresh;
            if (closed) {
                fresh.close();
            }
            return fresh;
        } finally {
            connecting.unlock();
        }
    }

    private void takeChannel(String command, Deadline deadline) throws IOException, InterruptedException {
        if (!channels.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ConnectionCut(
                    "cannot run '" + command + "' in time: " + CHANNELS + " others run on the same connection",
                    new TimeoutException());
        }
    }
}
