package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import muster.reports.History;
import muster.reports.Site;
import muster.reports.Waivers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the static report up to date, one writing at a time; changes that come meanwhile share the next. */
final class ReportWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private final History history;
    private final Waivers waivers;
    private final Path folder;
    private final Clock clock;
    private final ZoneId zone;
    private final Thread writing;
    private boolean due;
    private boolean closed;

    ReportWriter(History history, Waivers waivers, Path folder, Clock clock, ZoneId zone) {
        this.history = history;
        this.waivers = waivers;
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
        while (awaitDue()) {
            try {
                Site.export(history, waivers, folder, clock, zone);
            } catch (IOException | RuntimeException failed) {
                LOG.error("cannot write the report to {}: the next change tries again", folder, failed);
            }
        }
    }

    private synchronized boolean awaitDue() {
        while (!due && !closed) {
            try {
                wait();
            } catch (InterruptedException nobodyDoes) {
                throw new IllegalStateException(nobodyDoes);
            }
        }
        boolean write = due;
        due = false;
        return write;
    }

    /** Writes what is due and ends. */
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
