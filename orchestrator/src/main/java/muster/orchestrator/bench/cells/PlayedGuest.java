package muster.orchestrator.bench.cells;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import muster.orchestrator.guest.Seed;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * One guest: a unix socket in its folder behind which the one SSH server answers as this guest, a console, and a process that does
 * nothing, whose end is the guest's.
 */
final class PlayedGuest {

    private final String label;
    private final PlayedSuite suite;
    private final PlayedShell shell;
    private final List<KeyPair> hostKeys;
    private final PublicKey authorizedKey;
    private final ServerSocketChannel door;
    private final Path socket;
    private final Process process;

    PlayedGuest(String label, Path folder, Seed seed, int port, Map<Integer, PlayedGuest> byPort, Clock clock)
            throws IOException, GeneralSecurityException {
        this.label = label;
        this.suite = new PlayedSuite(clock);
        this.shell = new PlayedShell(seed.nonce(), suite);
        this.hostKeys = keys(seed.hostKey());
        this.authorizedKey =
                PublicKeyEntry.parsePublicKeyEntry(seed.authorizedKey()).resolvePublicKey(null, null, null);
        this.socket = folder.resolve("ssh.sock");
        this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Files.writeString(folder.resolve("console.log"), "booting\nmuster-ready\n");
        this.process = new ProcessBuilder("sleep", "infinity").start();
        Thread.ofVirtual().name("door of " + label).start(() -> accept(port, byPort));
    }

    private static List<KeyPair> keys(String text) throws IOException, GeneralSecurityException {
        var pairs = SecurityUtils.loadKeyPairIdentities(
                null, null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        return List.of(pairs.iterator().next());
    }

    String label() {
        return label;
    }

    PlayedSuite suite() {
        return suite;
    }

    PlayedShell shell() {
        return shell;
    }

    List<KeyPair> hostKeys() {
        return hostKeys;
    }

    PublicKey authorizedKey() {
        return authorizedKey;
    }

    long pid() {
        return process.pid();
    }

    void close() throws IOException {
        process.destroyForcibly();
        door.close();
        Files.deleteIfExists(socket);
    }

    private void accept(int port, Map<Integer, PlayedGuest> byPort) {
        try {
            while (true) {
                forward(door.accept(), port, byPort);
            }
        } catch (IOException closed) {
            process.destroyForcibly(); // nothing reaches it any more
        }
    }

    /** The server knows by the port that a connection comes from which guest it is to be. */
    private void forward(SocketChannel client, int port, Map<Integer, PlayedGuest> byPort) throws IOException {
        Socket inner = new Socket();
        inner.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        inner.setTcpNoDelay(true);
        byPort.put(inner.getLocalPort(), this);
        inner.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        pump(Channels.newInputStream(client), inner.getOutputStream(), inner, client);
        pump(inner.getInputStream(), Channels.newOutputStream(client), inner, client);
    }

    private static void pump(InputStream from, OutputStream to, Socket inner, SocketChannel client) {
        Thread.ofVirtual().start(() -> {
            try (inner;
                    client) {
                from.transferTo(to);
            } catch (IOException hungUp) {
                // one side hung up; closing both tells the other
            }
        });
    }
}
