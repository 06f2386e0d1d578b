package muster.orchestrator.bench.cells;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that plays guests: one SSH server that is all of them. Arguments: a folder, in which it is asked at {@code guests.sock} and
 * leaves under {@code written/} what the suites wrote, and the milliseconds between two cases of a suite.
 */
public final class GuestsProcess {

    static final String SOCKET = "guests.sock";
    static final String WRITTEN = "written";

    private static final JsonMapper JSON = new JsonMapper();

    private final Path written;
    private final long millis;
    private final Clock clock;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Map<Integer, PlayedGuest> byPort = new ConcurrentHashMap<>();
    private final Map<String, PlayedGuest> byFolder = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private GuestsProcess(Path written, long millis, Clock clock) {
        this.written = written;
        this.millis = millis;
        this.clock = clock;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path written = Files.createDirectories(folder.resolve(WRITTEN));
        GuestsProcess process = new GuestsProcess(written, Long.parseLong(arguments[1]), Clock.systemUTC());
        process.serve();
        process.answer(folder.resolve(SOCKET));
    }

    private void serve() throws IOException {
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider((KeyPairProvider)
                session -> guest(session).map(PlayedGuest::hostKeys).orElse(List.of()));
        server.setPublickeyAuthenticator((user, key, session) -> guest(session)
                .filter(guest -> KeyUtils.compareKeys(key, guest.authorizedKey()))
                .isPresent());
        server.setCommandFactory((channel, command) -> new PlayedCommand(
                guest(channel.getServerSession()).orElseThrow().shell(), command));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.SOCKET_BACKLOG.set(server, 1_024);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.start();
    }

    private Optional<PlayedGuest> guest(SessionContext session) {
        SocketAddress from = session.getRemoteAddress();
        return from instanceof InetSocketAddress address
                ? Optional.ofNullable(byPort.get(address.getPort()))
                : Optional.empty();
    }

    private void answer(Path socket) throws IOException {
        try (ServerSocketChannel door =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket), 1_024)) {
            while (true) {
                SocketChannel client = door.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
                OutputStream out = Channels.newOutputStream(client)) {
            GuestOrder order = JSON.readValue(in.readLine(), GuestOrder.class);
            out.write((JSON.writeValueAsString(obey(order)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            System.err.println("cannot answer: " + gone);
        }
    }

    private GuestOrder.Answer obey(GuestOrder order) {
        long pid = 0;
        try {
            switch (order.deed()) {
                case GuestOrder.START -> pid = start(order).pid();
                case GuestOrder.FIND -> pid = find(String.valueOf(order.folder()));
                case GuestOrder.CLOSE -> close(String.valueOf(order.folder()));
                case GuestOrder.END_SUITES -> endSuites(order.millis());
                default -> {
                    // it only wants to know
                }
            }
        } catch (IOException | GeneralSecurityException broken) {
            return new GuestOrder.Answer(0, begun.get(), closed.get(), broken.toString());
        }
        return new GuestOrder.Answer(pid, begun.get(), closed.get(), null);
    }

    private PlayedGuest start(GuestOrder order) throws IOException, GeneralSecurityException {
        if (order.folder() == null || order.label() == null || order.seed() == null) {
            throw new IOException("cannot start a guest without label, folder and seed");
        }
        PlayedGuest guest =
                new PlayedGuest(order.label(), Path.of(order.folder()), order.seed(), server.getPort(), byPort, clock);
        byFolder.put(order.folder(), guest);
        Thread.ofVirtual().name("suite of " + order.label()).start(() -> play(guest));
        return guest;
    }

    private long find(String folder) {
        PlayedGuest guest = byFolder.get(folder);
        return guest == null ? 0 : guest.pid();
    }

    /** Suites do not all write at the same moments. */
    private void play(PlayedGuest guest) {
        try {
            long next =
                    System.nanoTime() / 1_000_000 + Math.floorMod(guest.label().hashCode() * 31L, millis);
            while (!guest.suite().hasEnded()) {
                Thread.sleep(Math.max(0, next - System.nanoTime() / 1_000_000));
                next += millis;
                guest.suite().tick();
                if (guest.suite().cases() == 1) {
                    begun.incrementAndGet();
                }
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private void close(String folder) throws IOException {
        PlayedGuest guest = byFolder.remove(folder);
        if (guest == null) {
            return;
        }
        byPort.values().removeIf(guest::equals);
        guest.close();
        Path file = written.resolve(fileName(guest.label()));
        for (String name : List.of("journal", "log")) {
            Files.write(Path.of(file + "." + name), guest.suite().content(name));
        }
        closed.incrementAndGet();
    }

    /** Of what the suite of a guest with this label wrote, without {@code .journal} or {@code .log}. */
    static String fileName(String label) {
        return label.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private void endSuites(long over) {
        List<PlayedGuest> guests = new ArrayList<>(byFolder.values());
        Thread.ofVirtual().name("end of suites").start(() -> {
            try {
                for (PlayedGuest guest : guests) {
                    guest.suite().endSoon();
                    Thread.sleep(over / guests.size());
                }
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        });
    }
}
