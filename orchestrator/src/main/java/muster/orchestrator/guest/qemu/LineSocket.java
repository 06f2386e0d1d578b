package muster.orchestrator.guest.qemu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import muster.orchestrator.guest.Deadline;

/**
 * Lines to and from somebody at a unix socket who is not trusted: what comes has a ceiling, and all of it a deadline.
 */
final class LineSocket implements AutoCloseable {

    private static final int LINE_BYTES = 256 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final String peer;
    private final SocketChannel channel;
    private final Selector selector;
    private final Deadline deadline;
    private final ByteBuffer received = ByteBuffer.allocate(8192).flip();

    private LineSocket(String peer, SocketChannel channel, Selector selector, Deadline deadline) {
        this.peer = peer;
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    /**
     * Connects.
     *
     * @param peer who is there, for messages
     * @param deadline of the whole conversation
     * @throws ConnectException when nobody listens there
     */
    static LineSocket connect(String peer, Path socket, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            LineSocket lines = new LineSocket(peer, channel, selector, deadline);
            channel.register(selector, SelectionKey.OP_READ);
            return lines;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Tries again where nobody listens yet: connections are refused for a moment after a socket has appeared. */
    static <T> T patiently(Connecting<T> connecting, Deadline deadline, BooleanSupplier alive)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return connecting.connect();
            } catch (ConnectException notYet) {
                if (deadline.passed() || Deadline.in(PAUSE).await(PAUSE, () -> !alive.getAsBoolean())) {
                    throw notYet;
                }
            }
        }
    }

    /** Nothing came in time. */
    static final class Silent extends IOException {
        Silent(String message) {
            super(message);
        }
    }

    /** One try. */
    @FunctionalInterface
    interface Connecting<T> {
        T connect() throws IOException;
    }

    /** Says a line, which is far smaller than a socket's buffer: one that does not take it is not read from. */
    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                throw new IOException("cannot tell " + peer + " anything: it does not listen");
            }
        }
    }

    /** The next line, without its end. */
    String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LINE_BYTES) {
            while (received.hasRemaining()) {
                byte next = received.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            receive();
        }
        throw new IOException("cannot understand " + peer + ": a line of more than " + LINE_BYTES + " bytes");
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private void receive() throws IOException {
        long millis = deadline.left().toMillis();
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new Silent("cannot understand " + peer + ": it said nothing in time");
        }
        selector.selectedKeys().clear();
        received.clear();
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            throw new IOException(peer + " hung up");
        }
    }
}
