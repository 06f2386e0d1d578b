package muster.orchestrator.cli;

import org.jline.utils.Signals;

/** What happens when the terminal, or whoever ends processes, wants the program to stop. */
final class Interrupts {

    private Interrupts() {}

    /** From now on SIGINT, SIGTERM and SIGHUP do this instead of ending the program at once. */
    static void onSignal(Runnable stop) {
        for (String signal : new String[] {"INT", "TERM", "HUP"}) {
            Signals.register(signal, stop);
        }
    }
}
