package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that go on for as long as somebody listens: one virtual thread each, and so many at once. What they tell is gathered
 * elsewhere, once for all.
 */
final class Streams {

    private static final int MOST = 500;

    private static final long LONGEST_END_MILLIS = 2_000;

    private static final String MEDIA_TYPE = "text/event-stream";

    private final Set<Thread> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Tells something until nobody listens any more. */
    @FunctionalInterface
    interface Telling {
        /** Returns when there is nothing more to tell. */
        void tell(SseClient to) throws Exception;
    }

    /** How many listen. */
    int open() {
        return open.size();
    }

    void answer(Context request, Telling telling) {
        String accepted = request.header("Accept");
        if (accepted == null || !accepted.contains(MEDIA_TYPE)) {
            throw new Problem.Met(
                    HttpStatus.NOT_ACCEPTABLE,
                    "cannot tell this at once: it is told as it happens; ask with the header 'Accept: " + MEDIA_TYPE
                            + "'");
        }
        if (closed || open.size() >= MOST) {
            throw new Problem.Met(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "cannot tell more: " + open.size() + " listen already; try again later");
        }
        new SseHandler(client -> {
                    client.keepAlive();
                    Thread thread = Thread.ofVirtual().name("stream").unstarted(() -> {
                        try (client) {
                            telling.tell(client);
                        } catch (Exception gone) {
                            // whoever listened has gone; there is nobody to tell
                        } finally {
                            open.remove(Thread.currentThread());
                        }
                    });
                    client.onClose(() -> {
                        // One that closes itself is not to be interrupted while it does: Javalin would try without end
                        // to
                        // tell whoever asked that this fails.
                        if (!Thread.currentThread().equals(thread)) {
                            thread.interrupt();
                        }
                    });
                    open.add(thread);
                    thread.start();
                })
                .handle(request);
    }

    /** Ends all of them, to be called before the server ends. */
    void close() throws InterruptedException {
        closed = true;
        List<Thread> last = List.copyOf(open);
        last.forEach(Thread::interrupt);
        for (Thread stream : last) {
            stream.join(LONGEST_END_MILLIS);
        }
    }
}
