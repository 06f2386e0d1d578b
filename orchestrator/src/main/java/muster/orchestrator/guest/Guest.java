package muster.orchestrator.guest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A running guest. Its kernel runs once: power-off, reboot and panic inside end the guest. Closing it ends all its
 * processes and leaves its folder's records; closing twice does nothing.
 */
public interface Guest extends AutoCloseable {

    /** Where its SSH server is reached: a unix socket on this host. */
    Path sshSocket();

    /** What its console said, from the first line; grows while it runs. */
    Path console();

    /** The ceiling in bytes at which its console was cut, or 0 while all of it is there. */
    default long consoleCutAt() {
        return 0;
    }

    /** Why its disk takes no more writes, in a sentence; empty while it does. */
    default String diskCut() {
        return "";
    }

    /**
     * Which of its ceilings ended it, or keeps it from being talked to, in words that follow its name; empty where none did, and where
     * the host cannot tell.
     */
    default String exhausted() {
        return "";
    }

    /**
     * Waits until the guest says on its console that its SSH server is up, or has ended, or {@code limit} has passed. A
     * hint only, for guests are not trusted: the host key decides.
     */
    void awaitReadyHint(Duration limit) throws InterruptedException;

    /** The process of the host whose end is the guest's; empty where there is no such one. */
    Optional<HostProcess> process();

    /** Whether its kernel still runs, told without talking to it. */
    boolean isAlive();

    /** What could explain a result: driver version, kernel, command line; by dotted name. */
    SortedMap<String, String> provenance();

    /** Ends it. Idempotent, has its own deadline, ignores the caller's interrupt. */
    @Override
    void close();
}
