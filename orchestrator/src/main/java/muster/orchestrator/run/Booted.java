package muster.orchestrator.run;

import java.io.IOException;
import java.time.Duration;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell;

/** A guest that has answered over SSH, with its console watched. Closing it ends the guest. */
public record Booted(Guest guest, SshShell shell, ConsoleWatch watch) implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(100);

    /** Shuts the guest down as its system wishes, so that its disk is clean; waits until it has ended. */
    void powerOff(Duration limit) throws IOException, InterruptedException {
        try {
            shell.run("sync; poweroff", limit);
        } catch (GuestShell.ConnectionCut expected) {
            // the guest ends the connection on its way down
        }
        long until = System.nanoTime() + limit.toNanos();
        while (guest.isAlive()) {
            if (System.nanoTime() > until) {
                throw new IOException("cannot shut the guest down: it still runs after " + limit);
            }
            Thread.sleep(BEAT);
        }
    }

    @Override
    public void close() {
        watch.close();
        shell.close();
        guest.close();
    }
}
