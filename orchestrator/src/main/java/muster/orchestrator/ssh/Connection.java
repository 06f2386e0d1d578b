package muster.orchestrator.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import muster.orchestrator.log.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SSH connection. A peer that is silent for longer than its {@link Keepalive} allows is taken for dead. */
final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final String USER = "root";

    private final Session session;
    private final UnixTransport transport;
    private final Keepalive keepalive;
    private final Thread asking;

    private Connection(Session session, UnixTransport transport, Keepalive keepalive) {
        this.session = session;
        this.transport = transport;
        this.keepalive = keepalive;
        this.asking = Thread.ofVirtual().name("keepalive").start(LogContext.carried(this::keepAlive));
    }

    /**
     * Makes one, however long it takes: who has waited enough closes {@code transport}.
     *
     * @throws HostKeyMismatch when another than the known host answers
     * @throws KeyRefused when it does not accept the farm's key
     */
    static Connection open(UnixTransport transport, Path socket, OneHostKey hostKey, FarmKey key, Keepalive keepalive)
            throws IOException {
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
            return new Connection(session, transport, keepalive);
        } catch (JSchHostKeyException e) {
            transport.close();
            throw new HostKeyMismatch(
                    "cannot trust what answers at " + socket
                            + ": its host key is not the one that this guest was given; end the guest and look at its console",
                    e);
        } catch (JSchException e) {
            transport.close();
            String why = String.valueOf(e.getMessage());
            // jsch has no type for it.
            if (why.startsWith("Auth fail") || why.startsWith("Auth cancel")) {
                throw new KeyRefused(
                        "cannot enter the guest at " + socket + ": it does not accept this farm's key (" + why
                                + "); look at its console for why its seed disk was not applied",
                        e);
            }
            throw new IOException(why, e);
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
        asking.interrupt();
        transport.close();
        session.disconnect();
    }

    private void keepAlive() {
        try {
            Thread sending = Thread.ofVirtual().unstarted(this::sendKeepalive);
            int silent = 0;
            while (isUsable() && silent < keepalive.silentPeriods()) {
                long before = transport.received();
                if (!sending.isAlive()) {
                    sending = Thread.ofVirtual().start(this::sendKeepalive);
                }
                Thread.sleep(keepalive.period());
                silent = transport.received() == before ? silent + 1 : 0;
            }
            if (isUsable()) {
                LOG.warn("a guest has answered nothing for {}: its connection is cut", keepalive.limit());
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
