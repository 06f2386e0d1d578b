package muster.orchestrator.notify;

import java.io.IOException;

/** A way to tell people. */
@FunctionalInterface
interface Notifier {

    /**
     * Tells it, once, and returns when whoever takes it has it.
     *
     * @throws IOException when it could not be told, with a message for people; it may be tried again
     */
    void send(Message message) throws IOException, InterruptedException;
}
