package muster.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import muster.reports.Archives;
import muster.reports.Attempt;
import muster.reports.AuditLog;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.GuestUse;
import muster.reports.History;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.Retention;
import muster.reports.Step;
import muster.reports.Tokens;
import muster.reports.Waivers;
import org.jspecify.annotations.Nullable;

/**
 * A store whose writers may be interrupted at any time: every write runs on a thread of its own to its end. An interrupt
 * would close the connection to a database server on which a virtual thread waits, and refuse one to whoever waits for a
 * connection; what was to be written would be lost.
 */
public final class UninterruptedStore implements ResultStore {

    private final ResultStore store;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public UninterruptedStore(ResultStore store) {
        this.store = store;
    }

    @Override
    public long queue(NewRun run) {
        return unchecked(() -> store.queue(run));
    }

    @Override
    public OptionalLong queue(NewRun run, Instant due) {
        return unchecked(() -> store.queue(run, due));
    }

    @Override
    public Attempt begin(long run, CellKey cell, Attempt.Kind kind, @Nullable String onlyCase, Instant at) {
        return unchecked(() -> store.begin(run, cell, kind, onlyCase, at));
    }

    @Override
    public void step(Attempt attempt, Step step, Instant at) {
        unchecked(() -> {
            store.step(attempt, step, at);
            return true;
        });
    }

    @Override
    public void guest(Attempt attempt, GuestRecord guest) {
        unchecked(() -> {
            store.guest(attempt, guest);
            return true;
        });
    }

    @Override
    public void used(Attempt attempt, String role, GuestUse use) {
        unchecked(() -> {
            store.used(attempt, role, use);
            return true;
        });
    }

    @Override
    public Ending.KeptFile keep(String role, String name, Path file, long cutAt) throws IOException {
        return through(() -> store.keep(role, name, file, cutAt));
    }

    @Override
    public Ending finish(Attempt attempt, CaseReader cases, Function<Reading, Ending> ending) throws IOException {
        return through(() -> store.finish(attempt, cases, ending));
    }

    @Override
    public void confirm(long run, CellKey cell, @Nullable String name, Confirmation said) {
        unchecked(() -> {
            store.confirm(run, cell, name, said);
            return true;
        });
    }

    @Override
    public void close(long run, Instant at) {
        unchecked(() -> {
            store.close(run, at);
            return true;
        });
    }

    @Override
    public boolean copyDatabase(Path file) throws IOException {
        return through(() -> store.copyDatabase(file));
    }

    @Override
    public List<Attempt> openAttempts() {
        return unchecked(store::openAttempts);
    }

    @Override
    public Optional<Attempt> attempt(long id) {
        return unchecked(() -> store.attempt(id));
    }

    /** Reads are not guarded: ask from threads that nobody interrupts. */
    @Override
    public History history() {
        return store.history();
    }

    /** Reads are not guarded, as with {@link #history}. */
    @Override
    public Comparison comparison() {
        return store.comparison();
    }

    /** Not guarded, as with {@link #history}. */
    @Override
    public Waivers waivers() {
        return store.waivers();
    }

    /** Not guarded, as with {@link #history}. */
    @Override
    public Retention retention() {
        return store.retention();
    }

    /** Not guarded, as with {@link #history}. */
    @Override
    public Tokens tokens() {
        return store.tokens();
    }

    /** Not guarded, as with {@link #history}. */
    @Override
    public AuditLog audit() {
        return store.audit();
    }

    /** Not guarded, as with {@link #history}. */
    @Override
    public Archives archives() {
        return store.archives();
    }

    @Override
    public void close() {
        threads.close();
        store.close();
    }

    private <T> T unchecked(Callable<T> call) {
        try {
            return through(call);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T through(Callable<T> call) throws IOException {
        Future<T> answer = threads.submit(call);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(failed);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
