package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import muster.orchestrator.guest.Deadline;
import muster.reports.ResultStore;
import muster.reports.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the static report up to date, one writing at a time; changes that come meanwhile share the next. Between two it
 * rests nine times as long as the first took, so that a home with a long history has the host for its guests.
 */
final class ReportWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private static final int RESTS = 9;

    private final ResultStore store;
    private final Path folder;
    private final Clock clock;
    private final ZoneId zone;
    private final Thread writing;
    private boolean due;
    private boolean closed;

    ReportWriter(ResultStore store, Path folder, Clock clock, ZoneId zone) {
        this.store = store;
        this.folder = folder;
        this.clock = clock;
        this.zone = zone;
        this.writing = Thread.ofPlatform().name("report").start(this::writeWhenDue);
    }

    /** Something has changed. */
    synchronized void changed() {
        due = true;
        notifyAll();
    }

    private void writeWhenDue() {
        Deadline rest = Deadline.in(Duration.ZERO);
        while (awaitDue(rest)) {
            long began = System.nanoTime();
            try {
                Site.export(store.history(), store.comparison(), store.waivers(), folder, clock, zone);
            } catch (IOException | RuntimeException failed) {
                LOG.error("cannot write the report to {}: the next change tries again", folder, failed);
            }
            rest = Deadline.in(Duration.ofNanos(RESTS * (System.nanoTime() - began)));
        }
    }

    private synchronized boolean awaitDue(Deadline rest) {
        while (!closed && !(due && rest.passed())) {
            try {
                // 0 is for ever; a moment more than what is left, which is less than a millisecond at the end.
                wait(due ? rest.left().toMillis() + 1 : 0);
            } catch (InterruptedException nobodyDoes) {
                throw new IllegalStateException(nobodyDoes);
            }
        }
        boolean write = due;
        due = false;
        return write;
    }

    /** Writes what is due, without a rest, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (writing.isAlive()) {
            try {
                writing.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
