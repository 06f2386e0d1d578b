package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell;

/** A guest that has answered over SSH, with its console watched. Closing it ends the guest, unless it was left. */
public final class Booted implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(100);

    private final Guest guest;
    private final SshShell shell;
    private final ConsoleWatch watch;
    private final Path folder;
    private volatile boolean left;

    /** @param folder the attempt's */
    Booted(Guest guest, SshShell shell, ConsoleWatch watch, Path folder) {
        this.guest = guest;
        this.shell = shell;
        this.watch = watch;
        this.folder = folder;
    }

    public Guest guest() {
        return guest;
    }

    public SshShell shell() {
        return shell;
    }

    public ConsoleWatch watch() {
        return watch;
    }

    /** From now on closing this leaves the guest running. */
    void leave() {
        left = true;
    }

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
        GuestCuts.record(guest, folder);
        if (!left) {
            guest.close();
        }
    }
}
