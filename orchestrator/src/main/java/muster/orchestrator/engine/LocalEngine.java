package muster.orchestrator.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import muster.orchestrator.log.LogContext;
import muster.orchestrator.run.CellRun;
import muster.reports.Ending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs cells on this host, one virtual thread each; how many of them have a guest at once, {@link Admission} says. */
public final class LocalEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

    private final Retrying retrying;
    private final Map<CellRun, Thread> threads = new ConcurrentHashMap<>();
    private boolean stopped;

    /** Says what is tried again. */
    @FunctionalInterface
    public interface Retrying {
        /** The next attempt of a cell whose last one has ended; empty when it was the last. */
        Optional<CellRun> after(CellRun ended, Ending ending) throws InterruptedException;
    }

    /** Tries nothing again. */
    public LocalEngine() {
        this((ended, ending) -> Optional.empty());
    }

    public LocalEngine(Retrying retrying) {
        this.retrying = retrying;
    }

    @Override
    public void run(Collection<CellRun> cells) {
        List<Thread> started = cells.stream()
                .sorted(Comparator.comparing(CellRun::need, Admission.FIRST))
                .map(this::start)
                .toList();
        boolean interrupted = false;
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    cancel(cell -> true);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Thread start(CellRun cell) {
        Thread thread = Thread.ofVirtual().name(cell.toString()).unstarted(() -> {
            try {
                runWithRetries(cell);
            } catch (RuntimeException broken) {
                LOG.error("{} broke off; the next run of this home takes it up", cell, broken);
            } finally {
                threads.remove(cell);
            }
        });
        threads.put(cell, thread);
        thread.start();
        if (stopped) {
            thread.interrupt();
        }
        return thread;
    }

    private void runWithRetries(CellRun first) {
        Optional<CellRun> next = Optional.of(first);
        while (next.isPresent()) {
            CellRun run = next.get();
            try (LogContext.Scope _ = LogContext.of(run.id())) {
                Optional<Ending> ending = run.run();
                next = ending.isPresent() ? retrying.after(run, ending.get()) : Optional.empty();
            } catch (InterruptedException cancelled) {
                LOG.debug("{} is not tried again: it was cancelled", run);
                return;
            }
        }
    }

    /** What has begun and has not ended. */
    List<CellRun> underWay() {
        return List.copyOf(threads.keySet());
    }

    @Override
    public int cancel(Predicate<CellRun> which) {
        int cancelled = 0;
        for (Map.Entry<CellRun, Thread> entry : threads.entrySet()) {
            if (which.test(entry.getKey())) {
                entry.getValue().interrupt();
                cancelled++;
            }
        }
        return cancelled;
    }

    /** The same, for a reason that is shown. */
    int cancel(Predicate<CellRun> which, String why) {
        underWay().stream().filter(which).forEach(cell -> cell.cancelledFor(why));
        return cancel(which);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        cancel(cell -> true);
    }
}
