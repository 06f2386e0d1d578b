package muster.orchestrator.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Wakes those who follow files when these have grown. One thread looks at the sizes of those files alone that somebody follows just
 * now, each once however many follow it; with nobody it rests.
 */
final class Growth {

    private static final long BEAT_MILLIS = 100;

    private final Map<Path, Followed> followed = new HashMap<>();
    private boolean closed;

    private static final class Followed {
        private int by;
        private long size = -1;
    }

    Growth() {
        Thread.ofVirtual().name("growth").start(this::watch);
    }

    synchronized void begin(Path file) {
        followed.computeIfAbsent(file, each -> new Followed()).by++;
        notifyAll();
    }

    synchronized void end(Path file) {
        Followed one = followed.get(file);
        if (one != null && --one.by == 0) {
            followed.remove(file);
        }
    }

    /** Waits until a file that is followed is longer than that, or some time has passed. */
    synchronized void await(Path file, long size, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!closed) {
            Followed one = followed.get(file);
            long left = (until - System.nanoTime()) / 1_000_000;
            if (one == null || one.size > size || left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private void watch() {
        try {
            while (look()) {
                Thread.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }

    private synchronized boolean look() throws InterruptedException {
        while (!closed && followed.isEmpty()) {
            wait();
        }
        boolean grown = false;
        for (Map.Entry<Path, Followed> entry : followed.entrySet()) {
            long size = size(entry.getKey());
            grown |= size != entry.getValue().size;
            entry.getValue().size = size;
        }
        if (grown) {
            notifyAll();
        }
        return !closed;
    }

    /** A file that is not there yet, or not any more, is empty. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException none) {
            return 0;
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
