package muster.orchestrator.ssh;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.testsuites.GuestShell.ConnectionCut;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one guest, patiently: one attempt at a time without any time-out of its own, begun anew only when it has
 * failed. Many short attempts would each begin the handshake anew, and on a busy host none of them ends.
 */
final class Connector {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration WATCH = Duration.ofMillis(200);

    private volatile Guest guest;
    private final OneHostKey hostKey;
    private final FarmKey key;
    private final Keepalive keepalive;
    private volatile boolean abandoned;

    Connector(Guest guest, OneHostKey hostKey, FarmKey key, Keepalive keepalive) {
        this.guest = guest;
        this.hostKey = hostKey;
        this.key = key;
        this.keepalive = keepalive;
    }

    /**
     * @throws ConnectionCut when the guest has ended or the deadline has passed
     * @throws HostKeyMismatch when another than the known host answers
     * @throws KeyRefused when it does not let this farm in
     */
    Connection connect(Deadline deadline) throws IOException, InterruptedException {
        IOException last = new SocketTimeoutException("nothing answered");
        do {
            if (abandoned) {
                throw new IOException("cannot use a shell that was closed");
            }
            if (!guest.isAlive()) {
                throw new ConnectionCut.ForGood("cannot connect over SSH: the guest has ended", last);
            }
            try {
                return attempt(deadline);
            } catch (HostKeyMismatch | KeyRefused certain) {
                throw certain;
            } catch (IOException failed) {
                // What the deadline itself cut off says less than what failed before.
                last = deadline.passed() ? last : failed;
            }
            deadline.orIn(PAUSE).await(PAUSE, () -> abandoned || !guest.isAlive());
        } while (!deadline.passed());
        throw new ConnectionCut("cannot connect over SSH in time: " + last.getMessage(), last);
    }

    /** From now on connects there. */
    void moved(Guest to) {
        guest = to;
    }

    /** Whoever waits for a connection waits no longer. */
    void abandon() {
        abandoned = true;
    }

    private Connection attempt(Deadline deadline) throws IOException, InterruptedException {
        UnixTransport transport = UnixTransport.open(guest.sshSocket());
        AtomicBoolean over = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().name("connect").start(() -> watch(deadline, over, transport));
        @Nullable Connection made = null;
        try {
            made = Connection.open(transport, guest.sshSocket(), hostKey, key, keepalive);
            return made;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while connecting");
            }
            throw e;
        } finally {
            over.set(true);
            watch.interrupt();
            if (made == null) {
                transport.close();
            }
        }
    }

    private void watch(Deadline deadline, AtomicBoolean over, UnixTransport transport) {
        try {
            deadline.await(WATCH, () -> over.get() || abandoned || !guest.isAlive());
        } catch (InterruptedException done) {
            return;
        }
        if (!over.get()) {
            transport.close();
        }
    }
}
