package muster.orchestrator.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SSH connection. A peer that answers nothing for {@value #SILENT_PERIODS} keepalives is taken for dead; the keepalives
 * cost a sleeping guest nothing that could be measured.
 */
final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration KEEPALIVE = Duration.ofSeconds(20);
    private static final int SILENT_PERIODS = 6;
    private static final String USER = "root";

    private final Session session;
    private final UnixTransport transport;
    private final Thread keepalive;

    private Connection(Session session, UnixTransport transport) {
        this.session = session;
        this.transport = transport;
        this.keepalive = Thread.ofVirtual().name("keepalive").start(this::keepAlive);
    }

    /**
     * Makes one, however long it takes: who has waited enough closes {@code transport}.
     *
     * @throws HostKeyMismatch when another than the known host answers
     */
    static Connection open(UnixTransport transport, Path socket, OneHostKey hostKey, FarmKey key) throws IOException {
        try {
            JSch jsch = new JSch();
            jsch.addIdentity("farm", key.pair().privateKey().getBytes(StandardCharsets.US_ASCII), null, null);
            Session session = jsch.getSession(USER, "guest");
            session.setHostKeyRepository(hostKey);
            session.setProxy(transport);
            session.setThreadFactory(Thread.ofVirtual().name("ssh").factory());
            session.setDaemonThread(true);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setConfig("server_host_key", "ssh-ed25519");
            session.setConfig("PubkeyAcceptedAlgorithms", "ssh-ed25519");
            session.setConfig("kex", "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256");
            for (String direction : new String[] {"cipher.s2c", "cipher.c2s"}) {
                session.setConfig(direction, SshShell.CIPHER + ",aes128-ctr");
            }
            session.connect();
            return new Connection(session, transport);
        } catch (JSchHostKeyException e) {
            transport.close();
            throw new HostKeyMismatch(
                    "cannot trust what answers at " + socket
                            + ": its host key is not the one that this guest was given; end the guest and look at its console",
                    e);
        } catch (JSchException e) {
            transport.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    Session session() {
        return session;
    }

    UnixTransport transport() {
        return transport;
    }

    boolean isUsable() {
        return !transport.isBroken() && session.isConnected();
    }

    @Override
    public void close() {
        keepalive.interrupt();
        transport.close();
        session.disconnect();
    }

    private void keepAlive() {
        try {
            Thread sending = Thread.ofVirtual().unstarted(this::sendKeepalive);
            int silent = 0;
            while (isUsable() && silent < SILENT_PERIODS) {
                long before = transport.received();
                if (!sending.isAlive()) {
                    sending = Thread.ofVirtual().start(this::sendKeepalive);
                }
                Thread.sleep(KEEPALIVE);
                silent = transport.received() == before ? silent + 1 : 0;
            }
            if (isUsable()) {
                LOG.warn("a guest has answered nothing for {}: its connection is cut", KEEPALIVE.multipliedBy(silent));
                transport.close();
            }
        } catch (InterruptedException closed) {
            LOG.trace("keepalive ended with its connection");
        }
    }

    private void sendKeepalive() {
        try {
            session.sendKeepAliveMsg();
        } catch (Exception e) {
            LOG.debug("cannot send a keepalive: {}", e.toString());
        }
    }
}
