package muster.orchestrator.web;

import io.javalin.http.sse.SseClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.CellStatus;
import muster.reports.Counts;

/**
 * Tells all who listen that something is not as it was. However many cells change and however many listen, the board is looked at by
 * one thread, a few times a second, and only while somebody listens.
 */
final class Changes {

    private static final long BEAT_MILLIS = 400;
    private static final long HEARTBEAT_SECONDS = 15;

    private final Board board;
    private final Set<BlockingQueue<String>> listeners = ConcurrentHashMap.newKeySet();
    private final Object beat = new Object();
    private boolean dirty;
    private boolean closed;

    Changes(Board board) {
        this.board = board;
        board.onChange(status -> changed());
        Thread.ofVirtual().name("changes").start(this::watch);
    }

    /** Something is not as it was. */
    void changed() {
        synchronized (beat) {
            dirty = true;
            beat.notifyAll();
        }
    }

    /** Tells one who listens, until they have gone. */
    void tell(SseClient client) throws InterruptedException {
        BlockingQueue<String> news = new ArrayBlockingQueue<>(4);
        listeners.add(news);
        synchronized (beat) {
            beat.notifyAll();
        }
        try {
            while (!client.terminated() && !isClosed()) {
                String told = news.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                if (told == null) {
                    client.sendComment("there");
                } else {
                    client.sendEvent("changed", told);
                }
            }
        } finally {
            listeners.remove(news);
        }
    }

    private void watch() {
        Map<Long, Counts> last = new HashMap<>();
        try {
            while (awaitListeners()) {
                Thread.sleep(BEAT_MILLIS); // what changes together is told together
                boolean moved = takeDirty();
                Map<Long, Counts> now = new HashMap<>();
                for (CellStatus status : board.snapshot()) {
                    now.put(status.attempt().id(), status.counts());
                }
                if (moved || !now.equals(last)) {
                    last = now;
                    listeners.forEach(listener -> listener.offer("{}"));
                }
            }
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }

    private boolean awaitListeners() throws InterruptedException {
        synchronized (beat) {
            while (!closed && listeners.isEmpty()) {
                beat.wait();
            }
            return !closed;
        }
    }

    private boolean takeDirty() {
        synchronized (beat) {
            boolean was = dirty;
            dirty = false;
            return was;
        }
    }

    private boolean isClosed() {
        synchronized (beat) {
            return closed;
        }
    }

    void close() {
        synchronized (beat) {
            closed = true;
            beat.notifyAll();
        }
    }
}
