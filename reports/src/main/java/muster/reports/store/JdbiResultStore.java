package muster.reports.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The store on H2, where one process owns its file, or on a PostgreSQL that several share. Safe for many threads.
 */
public final class JdbiResultStore implements ResultStore {

    private final Connections connections;
    private final KeptFiles files;
    private final RunWriter runs;
    private final AttemptWriter attempts;
    private final FinishWriter finishes;
    private final History history;
    private final Comparison comparison;
    private final Waivers waivers;
    private final Retention retention;
    private final Archives archives;
    private final Tokens tokens;
    private final AuditLog audit;
    private final H2Space space;

    private JdbiResultStore(Connections connections, KeptFiles files, H2Space space) {
        this.connections = connections;
        this.space = space;
        this.files = files;
        runs = new RunWriter(connections);
        attempts = new AttemptWriter(connections);
        finishes = new FinishWriter(connections);
        comparison = new JdbiComparison(connections);
        waivers = new JdbiWaivers(connections);
        retention = new JdbiRetention(connections, files);
        archives = new JdbiArchives(connections, files);
        tokens = new JdbiTokens(connections);
        audit = new JdbiAuditLog(connections);
        history = new JdbiHistory(connections, files);
    }

    /** Where the database of a folder's store answers to this very process, while that has it open. */
    public static DatabaseAddress address(Path folder) {
        return new DatabaseAddress(Database.h2Url(folder), null, null);
    }

    /**
     * Opens the store of a folder, making both where they are not there: {@code results.mv.db} is the database, {@code
     * files} what is kept beside it.
     *
     * @throws CannotOpenStore.InUse when another process has it open
     * @throws CannotOpenStore when a newer program wrote it, or when it cannot be read
     */
    public static JdbiResultStore open(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        return open("in " + folder, address(folder), folder, clock, List.of(Schema.MIGRATIONS));
    }

    /**
     * Opens the store in a database.
     *
     * @param folder where files are kept, shared by all that use the database
     * @throws CannotOpenStore when it does not answer, or a newer program wrote it
     */
    public static JdbiResultStore open(DatabaseAddress address, Path folder, Clock clock) throws IOException {
        return open("at " + address, address, folder, clock, List.of(Schema.MIGRATIONS));
    }

    static JdbiResultStore open(
            String where, DatabaseAddress address, Path folder, Clock clock, List<String> migrations)
            throws IOException {
        Connections connections = connect(where, address);
        try {
            new Schema(connections, folder, clock).migrate(where, migrations);
            H2Space space = new H2Space(Database.h2File(folder));
            space.giveBack(connections);
            return new JdbiResultStore(connections, new KeptFiles(folder.resolve("files")), space);
        } catch (RuntimeException | IOException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public long queue(NewRun run) {
        return runs.queue(run);
    }

    @Override
    public OptionalLong queue(NewRun run, Instant due) {
        return runs.queue(run, due);
    }

    @Override
    public OptionalLong queue(NewRun run, @Nullable Instant due, Recorder recorder) throws IOException {
        return runs.queue(run, due, recorder);
    }

    @Override
    public Optional<Instant> queuedAt(long run) {
        return runs.queuedAt(run);
    }

    @Override
    public boolean isQueued(String matrix, Instant due) {
        return runs.isQueued(matrix, due);
    }

    @Override
    public Attempt begin(long run, CellKey cell, Attempt.Kind kind, @Nullable String onlyCase, Instant at) {
        return attempts.begin(run, cell, kind, onlyCase, at);
    }

    @Override
    public void step(Attempt attempt, Step step, Instant at) {
        attempts.step(attempt, step, at);
    }

    @Override
    public void guest(Attempt attempt, GuestRecord guest) {
        attempts.guest(attempt, guest);
    }

    @Override
    public void used(Attempt attempt, String role, GuestUse use) {
        connections.change(handle -> GuestUses.add(handle, attempt, role, use));
    }

    @Override
    public Ending.KeptFile keep(String role, String name, Path file, long cutAt) throws IOException {
        return files.keep(role, name, file, cutAt);
    }

    @Override
    public Ending finish(Attempt attempt, CaseReader cases, Function<Reading, Ending> ending) throws IOException {
        return finishes.finish(attempt, cases, ending);
    }

    @Override
    public void confirm(long run, CellKey cell, @Nullable String name, Confirmation said) {
        connections.change(handle -> Confirmations.add(handle, run, cell, name, said));
    }

    @Override
    public void close(long run, Instant at) {
        runs.close(run, at);
        try {
            space.giveBack(connections);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the store's file smaller: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean copyDatabase(Path file) {
        if (connections.database() != Database.H2) {
            return false;
        }
        connections.look(handle -> handle.execute("BACKUP TO ?", file.toString()));
        return true;
    }

    /**
     * Makes the database of a folder from a copy that {@link #copyDatabase} wrote.
     *
     * @throws IOException when it is no such copy, or there is a database already
     */
    public static void restoreDatabase(Path copy, Path folder) throws IOException {
        Path file = Database.h2File(folder);
        Files.createDirectories(folder);
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(copy))) {
            ZipEntry entry = in.getNextEntry();
            if (entry == null || !entry.getName().equals(file.getFileName().toString())) {
                throw new IOException("cannot restore the database: the copy of it holds "
                        + (entry == null ? "nothing" : "'" + entry.getName() + "'") + ", expected "
                        + file.getFileName());
            }
            Files.copy(in, file);
        }
    }

    @Override
    public List<Attempt> openAttempts() {
        return connections.look(OpenAttempts::all);
    }

    @Override
    public Optional<Attempt> attempt(long id) {
        return connections.look(handle -> OpenAttempts.one(handle, id));
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public Waivers waivers() {
        return waivers;
    }

    @Override
    public Archives archives() {
        return archives;
    }

    @Override
    public Retention retention() {
        return retention;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public void close() {
        try {
            space.close(connections);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the store: " + e.getMessage(), e);
        }
    }

    private static Connections connect(String where, DatabaseAddress address) {
        Database database = Database.of(address.url());
        try {
            return new Connections(database, address);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql
                        && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                        && database == Database.H2) {
                    throw new CannotOpenStore.InUse(
                            "cannot open the store " + where + ": another process has it open; ask that one, or end it",
                            e);
                }
            }
            throw new CannotOpenStore("cannot open the store " + where + ": " + e.getMessage(), e);
        }
    }
}
