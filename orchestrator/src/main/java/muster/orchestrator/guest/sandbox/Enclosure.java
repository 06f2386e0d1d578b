package muster.orchestrator.guest.sandbox;

import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;

/** What a guest is shut in: a tree of processes on this host that ends with its first one. */
public interface Enclosure {

    /**
     * Starts it. Its first process, or the one that started that, has {@link Sandbox#mark} among its arguments.
     *
     * @return its process 1: when that is gone, all of it is gone
     */
    HostProcess start() throws FarmFailed, InterruptedException;

    /** The longest that the guest's console may grow, in bytes. */
    long consoleBytes();
}
