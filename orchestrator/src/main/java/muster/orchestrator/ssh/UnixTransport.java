package muster.orchestrator.ssh;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries one SSH connection over a unix socket. It remembers whether it broke, which jsch does not tell, and how much
 * came in, by which a silent peer is known.
 */
final class UnixTransport implements Proxy {

    /** jsch reads each packet in two pieces, the first of a few bytes. */
    private static final int BUFFER = 64 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private UnixTransport(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(new Watched(Channels.newInputStream(channel)), BUFFER);
        this.out = Channels.newOutputStream(channel);
    }

    static UnixTransport open(Path socket) throws IOException {
        return new UnixTransport(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Whether the connection is known to have ended. */
    boolean isBroken() {
        return end.isDone();
    }

    /** Done once the connection is known to have ended. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** Bytes that came in up to now. */
    long received() {
        return received.get();
    }

    @Override
    public void connect(SocketFactory unused, String host, int port, int timeout) {
        // Open from the start: whether the guest's socket is there is known before jsch begins.
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public @Nullable Socket getSocket() {
        return null;
    }

    @Override
    public void close() {
        end.complete(null);
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close a socket: " + e.getMessage(), e);
        }
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            boolean whole = false;
            try {
                int count = super.read(bytes, offset, length);
                whole = count >= 0;
                received.addAndGet(Math.max(0, count));
                return count;
            } finally {
                if (!whole) {
                    end.complete(null);
                }
            }
        }
    }
}
