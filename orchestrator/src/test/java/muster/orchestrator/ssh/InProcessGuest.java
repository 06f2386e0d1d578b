package muster.orchestrator.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.ReadyHint;
import muster.orchestrator.guest.Seed;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * A guest that is an SSH server in this process: commands run by this host's sh, the host key is the seed's, only the
 * seed's authorised key enters. Reached over a unix socket like a real one; what it knows of itself under {@code
 * /run/muster} lies in its folder.
 */
public final class InProcessGuest implements Guest {

    /** The environment variable that names the folder to all that runs in the guest. */
    public static final String MARK = "MUSTER_FAKE_GUEST";

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private volatile Path folder;
    private final SshServer server;
    private final int port;
    private final ServerSocketChannel door;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Thread> pumps = ConcurrentHashMap.newKeySet();
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean alive = true;
    private volatile CountDownLatch thaw = new CountDownLatch(0);

    public InProcessGuest(Path folder, Seed seed) throws Exception {
        this(folder, seed, Map.of());
    }

    /**
     * @param deeds command lines that are not run but done, and never end
     */
    public InProcessGuest(Path folder, Seed seed, Map<String, Runnable> deeds) throws Exception {
        this.folder = folder;
        Path identity = Files.createDirectories(folder.resolve("identity"));
        Files.writeString(identity.resolve("nonce"), seed.nonce());
        Files.writeString(identity.resolve("hostname"), seed.hostname() + "\n");
        if (!Files.exists(console())) {
            Files.writeString(console(), "booting\n");
        }
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(SecurityUtils.loadKeyPairIdentities(
                null, null, new ByteArrayInputStream(seed.hostKey().getBytes(StandardCharsets.UTF_8)), null)));
        var authorized =
                PublicKeyEntry.parsePublicKeyEntry(seed.authorizedKey()).resolvePublicKey(null, null, null);
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, authorized));
        server.setCommandFactory((channel, command) -> {
            Runnable deed = deeds.get(command);
            if (deed != null) {
                Thread.ofVirtual().start(deed);
                return shell(channel, "exec sleep 60");
            }
            return shell(
                    channel,
                    command.replace(
                            "/run/muster", this.folder.resolve("identity").toString()));
        });
        server.start();
        port = server.getPort();
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(sshSocket()));
        Thread.ofVirtual().start(this::accept);
    }

    /** What it runs carries the folder in its environment, and so does all that this starts. */
    private Command shell(ChannelSession channel, String command) throws IOException {
        return new ProcessShellFactory(command, "/usr/bin/env", MARK + "=" + folder, "/bin/sh", "-c", command)
                .createShell(channel);
    }

    /** One that does not have the host key that it was given. */
    public static InProcessGuest withAnotherHostKey(Path folder, Seed seed) throws Exception {
        KeyPairs.Pair other = KeyPairs.make(seed.hostname());
        return new InProcessGuest(
                folder,
                new Seed(seed.hostname(), other.privateKey(), other.publicKey(), seed.authorizedKey(), seed.nonce()));
    }

    /** Its folder has another name now. */
    public void moved(Path to) {
        folder = to;
    }

    /** Says on its console that SSH is up. */
    public void sayReady() throws IOException {
        Files.writeString(console(), "booting\nmuster-ready\n");
    }

    /** From now on nothing comes through in either direction, though no connection ends. */
    public void freeze() {
        thaw = new CountDownLatch(1);
    }

    /** Its SSH server ends, and all connections to it; the guest lives on. */
    public void endSsh() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All connections to it break; it takes new ones. */
    public void hangUp() {
        try {
            for (SocketChannel client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.get();
    }

    @Override
    public Path sshSocket() {
        return folder.resolve("ssh.sock");
    }

    @Override
    public Path console() {
        return folder.resolve("console.log");
    }

    @Override
    public void awaitReadyHint(Duration limit) throws InterruptedException {
        new ReadyHint(console()).await(Deadline.in(limit), this::isAlive);
    }

    @Override
    public Optional<HostProcess> process() {
        return Optional.empty();
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public SortedMap<String, String> provenance() {
        return new TreeMap<>();
    }

    @Override
    public void close() {
        alive = false;
        thaw.countDown();
        endSsh();
        hangUp();
        try {
            door.close();
            Files.deleteIfExists(sshSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Deadline.in(END_LIMIT)
                .awaitUninterruptibly(Duration.ofMillis(1), () -> pumps.stream().noneMatch(Thread::isAlive));
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = door.accept();
                clients.add(client);
                connections.incrementAndGet();
                forward(client);
            }
        } catch (IOException closed) {
            alive = false;
        }
    }

    /** Where no server answers any more the connection is closed at once. */
    private void forward(SocketChannel client) throws IOException {
        try {
            Socket inner = new Socket(InetAddress.getLoopbackAddress(), port);
            pump(Channels.newInputStream(client), inner.getOutputStream(), inner, client);
            pump(inner.getInputStream(), Channels.newOutputStream(client), inner, client);
        } catch (ConnectException noServer) {
            client.close();
        }
    }

    private void pump(InputStream from, OutputStream to, Socket inner, SocketChannel client) {
        pumps.add(Thread.ofVirtual().start(() -> {
            try (inner;
                    client) {
                byte[] buffer = new byte[64 * 1024];
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    thaw.await();
                    to.write(buffer, 0, n);
                }
            } catch (IOException | InterruptedException hungUp) {
                // One side hung up; closing both tells the other.
            }
        }));
    }
}
