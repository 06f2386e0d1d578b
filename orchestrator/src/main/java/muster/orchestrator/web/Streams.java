package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers that go on for as long as somebody listens: one virtual thread each, and so many at once. What they tell is gathered
 * elsewhere, once for all.
 */
final class Streams {

    private static final int MOST = 500;

    private final AtomicInteger open = new AtomicInteger();

    /** Tells something until nobody listens any more. */
    @FunctionalInterface
    interface Telling {
        /** Returns when there is nothing more to tell. */
        void tell(SseClient to) throws Exception;
    }

    void answer(Context request, Telling telling) {
        if (open.get() >= MOST) {
            throw new Problem.Met(
                    HttpStatus.SERVICE_UNAVAILABLE, "cannot tell more: " + MOST + " listen already; try again later");
        }
        new SseHandler(client -> {
                    client.keepAlive();
                    open.incrementAndGet();
                    Thread thread = Thread.ofVirtual().name("stream").start(() -> {
                        try (client) {
                            telling.tell(client);
                        } catch (Exception gone) {
                            // whoever listened has gone; there is nobody to tell
                        } finally {
                            open.decrementAndGet();
                        }
                    });
                    client.onClose(thread::interrupt);
                })
                .handle(request);
    }
}
