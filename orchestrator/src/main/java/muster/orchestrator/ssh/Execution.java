package muster.orchestrator.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.guest.Deadline;
import muster.testsuites.GuestShell.ConnectionCut;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command on one channel. Its output and error go to a receiver from the connection's own thread, so both are always
 * drained; it has ended when the channel is closed, not when its output is at an end.
 */
final class Execution<R extends Execution.Receiver> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /** Longer than jsch's own, as OpenSSH's are: fewer packets for the same bytes. */
    private static final int PACKET = 32 * 1024;

    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    private final String command;
    private final UnixTransport transport;
    private final ChannelExec channel;
    private final OutputStream input;
    private final R receiver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cut;
    private volatile @Nullable Thread feeder;
    private volatile @Nullable IOException unreadable;

    /** What takes a command's output and error. */
    interface Receiver {
        OutputStream output();

        OutputStream error();

        /** Nothing more will be written to either. */
        void end();
    }

    /** Starts a command. */
    Execution(Connection connection, String command, R receiver, Deadline limit)
            throws JSchException, IOException, InterruptedException {
        this.command = command;
        this.receiver = receiver;
        this.transport = connection.transport();
        this.channel = (ChannelExec) connection.session().openChannel("exec");
        channel.setLocalPacketSize(PACKET);
        channel.setCommand(command.getBytes(StandardCharsets.UTF_8));
        channel.setOutputStream(receiver.output(), true);
        channel.setErrStream(new EndNotice(receiver.error()), false);
        this.input = channel.getOutputStream();
        open(connection.session(), Math.clamp(limit.left().toMillis(), 1, Integer.MAX_VALUE));
    }

    /**
     * On a thread of its own: jsch swallows the interrupt of whoever waits for a channel to open, and has to be woken
     * when the connection ends meanwhile. Only jsch knows whether the command was sent by then, so its word is awaited:
     * what was sent must not begin once more.
     */
    private void open(Session session, int limitMillis) throws JSchException, InterruptedException {
        CompletableFuture<Void> opening = new CompletableFuture<>();
        Thread.ofVirtual().name("open a channel").start(() -> {
            try {
                channel.connect(limitMillis);
                boolean wanted = opening.complete(null);
                if (!wanted) {
                    channel.disconnect();
                }
            } catch (JSchException | RuntimeException failed) {
                opening.completeExceptionally(failed);
            }
        });
        try {
            CompletableFuture.anyOf(opening, transport.end()).get();
            if (!opening.isDone()) {
                session.disconnect();
                synchronized (channel) {
                    channel.notifyAll();
                }
            }
            opening.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case JSchException cause -> throw cause;
                case null, default -> throw new IllegalStateException(failed);
            }
        } finally {
            if (opening.cancel(false)) {
                channel.disconnect();
            }
        }
    }

    R receiver() {
        return receiver;
    }

    /** Gives it no input. */
    void closeInput() throws IOException {
        try {
            input.close();
        } catch (IOException e) {
            if (!channel.isClosed()) {
                throw e;
            }
        }
    }

    /** Gives it input, from another thread. */
    void feed(InputStream from) {
        feeder = Thread.ofVirtual().name("feed").start(() -> {
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int count = read(from, buffer); count >= 0; count = read(from, buffer)) {
                    input.write(buffer, 0, count);
                }
                input.close();
            } catch (IOException e) {
                // Either its source failed, which read() kept, or the command wants no more input, which its status
                // tells.
                channel.disconnect();
            }
        });
    }

    private int read(InputStream from, byte[] buffer) throws IOException {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            unreadable = e;
            throw e;
        }
    }

    /** Asks the server to kill it, which not all of them do: older ones of OpenSSH refuse it in sessions of root. */
    void kill() {
        try {
            channel.sendSignal("KILL");
        } catch (Exception cut) {
            LOG.debug("cannot ask for the end of '{}': {}", command, cut.toString());
        }
    }

    /** Waits for its end; false when the limit passed before. */
    boolean awaitEnd(Deadline limit) throws InterruptedException {
        return ended.await(limit.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Its exit status, 128 and the signal's number where one ended it.
     *
     * @throws ConnectionCut when it is not known, or output may be missing
     */
    int status() throws IOException {
        IOException source = unreadable;
        if (source != null) {
            throw new IOException(
                    "cannot read what was to be sent to '" + command + "': " + source.getMessage(), source);
        }
        int status = channel.getExitStatus();
        if (!cut && status >= 0) {
            return status;
        }
        String signal = channel.getExitSignal();
        if (!cut && signal != null) {
            return 128 + SIGNALS.getOrDefault(signal, 0);
        }
        throw new ConnectionCut(
                "the connection broke before '" + command + "' ended", new InterruptedIOException("cut"));
    }

    @Override
    public void close() {
        channel.disconnect();
        Thread writing = feeder;
        if (writing != null) {
            writing.interrupt();
        }
    }

    /** jsch closes the error stream when the channel is closed, and then only; there is no other way to be told. */
    private final class EndNotice extends FilterOutputStream {
        EndNotice(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            cut = transport.isBroken();
            ended.countDown();
            receiver.end();
        }
    }
}
