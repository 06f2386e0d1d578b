package muster.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import muster.testsuites.ResultSink;
import org.jspecify.annotations.Nullable;

/**
 * Where results are written. Every write of an attempt carries its fencing token and is refused with {@link Fenced}
 * when a newer attempt of the same cell has begun, or when it has ended already.
 */
public interface ResultStore extends AutoCloseable {

    /**
     * Records a run and its cells as queued and fixes their place in their lanes.
     *
     * @return the run's number, from 1
     */
    long queue(NewRun run);

    /**
     * The same for a point in time at which its matrix is due, once.
     *
     * @return empty when a run was queued for it already, by whomever; nothing was changed then
     */
    OptionalLong queue(NewRun run, Instant due);

    /** Keeps elsewhere what belongs to a run. */
    @FunctionalInterface
    interface Recorder {
        void record(long run) throws IOException;
    }

    /**
     * The same, of a run that is there for others only once something else was kept of it: who dies in between leaves no run.
     *
     * @param due the point in time at which its matrix is due, once; or null
     * @param recorder given its number, which another run may be given where it dies or fails; it may be called twice
     * @throws IOException what {@code recorder} throws; nothing was changed then
     */
    OptionalLong queue(NewRun run, @Nullable Instant due, Recorder recorder) throws IOException;

    /** When a run was queued, to the millisecond; empty where there is none of that number. */
    Optional<Instant> queuedAt(long run);

    /** Whether a run of a matrix was queued for that point in time, by whomever. */
    boolean isQueued(String matrix, Instant due);

    /** Begins an attempt of a cell; earlier unfinished attempts of that cell are fenced from here on. */
    default Attempt begin(long run, CellKey cell, Attempt.Kind kind, Instant at) {
        return begin(run, cell, kind, null, at);
    }

    /**
     * The same, for one case.
     *
     * @param onlyCase the case's name, or null for the whole suite
     */
    Attempt begin(long run, CellKey cell, Attempt.Kind kind, @Nullable String onlyCase, Instant at);

    /** Stamps the beginning of a step; a step already stamped keeps its first stamp. */
    void step(Attempt attempt, Step step, Instant at);

    /** Adds a guest to an attempt; the same role again replaces it. */
    void guest(Attempt attempt, GuestRecord guest);

    /** Adds what a guest of an attempt has used; what was said of the same role before stays. */
    void used(Attempt attempt, String role, GuestUse use);

    /** Keeps a file beside the database, compressed, named by its content's digest; the same content is kept once. */
    Ending.KeptFile keep(String role, String name, Path file, long cutAt) throws IOException;

    /**
     * Reads the cases and ends the attempt, in one transaction: all of it is there, or nothing.
     *
     * <p>Guests choose what stands in a journal, so texts have bounds: a name 512 characters (a longer one ends in a digest
     * of the whole), a native word 100, a message 10,000, both marked where they were cut. A name that comes again in one
     * attempt is kept as {@code name #2}, and noted.
     *
     * <p>A case that the sink's manifest has and the journal has not is UNINITIATED. In an attempt that is main or retry,
     * and of which at least one case is known, a case that the lane's baseline has and neither of the two is MISSING, until
     * it is reported again. Where there is no manifest and the journal is cut short, the baseline stands in for the
     * manifest; where there is no baseline either, the count that the journal announced does. What was never reported is
     * not held against the distribution, as newly broken, when the farm or a person ended the attempt.
     *
     * @param cases pushes every case of the journal into the sink it is given; called once; when it throws, nothing is
     *     written and the attempt stays open
     * @param ending makes the ending from what was read; called once, and not with anything slow: the lane waits
     */
    Ending finish(Attempt attempt, CaseReader cases, Function<Reading, Ending> ending) throws IOException;

    /**
     * Says what became of a new failure of a cell's newest main or retry attempt that was to be run again. What was said
     * before stays.
     *
     * @param name the case, or null: of all of which nothing was said
     */
    void confirm(long run, CellKey cell, @Nullable String name, Confirmation said);

    /** Marks a run as ended, when all its cells are. */
    void close(long run, Instant at);

    /**
     * Copies the database as it is in one moment into a new file, from which {@code restoreDatabase} of the store's
     * implementation makes it again.
     *
     * @return false where it is the database of a server, which has means of its own for that; nothing was written then
     */
    boolean copyDatabase(Path file) throws IOException;

    /** Attempts that have not ended, the oldest first: after a crash, what is to be taken up again or replaced. */
    List<Attempt> openAttempts();

    /** An attempt by its row, with its token, so that another process can go on writing it. */
    Optional<Attempt> attempt(long id);

    /** The questions that can be asked of this store. */
    History history();

    /** The comparisons that can be asked of this store. */
    Comparison comparison();

    /** What people said of the results of this store. */
    Waivers waivers();

    /** Runs as files, to and from other stores. */
    Archives archives();

    /** How long this store keeps files. */
    Retention retention();

    /** Who is let in at the pages and the API. */
    Tokens tokens();

    /** Who did what to the farm. */
    AuditLog audit();

    @Override
    void close();

    /** Pushes the cases of one journal into a sink. */
    @FunctionalInterface
    interface CaseReader {
        /** For an attempt without a journal. */
        CaseReader NOTHING = sink -> {};

        void readInto(ResultSink sink) throws IOException;
    }

    /**
     * What was read of a journal.
     *
     * @param counts cases by verdict, with those that were never reported
     * @param planned how many cases the journal said it would run, or -1
     * @param notes unreadable lines with their place (the first hundred, then a count), truncation
     * @param truncated whether the journal stops before its own end
     */
    record Reading(Counts counts, long planned, List<String> notes, boolean truncated) {}

    /** A write came from an attempt that has been replaced or has ended. */
    final class Fenced extends RuntimeException {
        public Fenced(String message) {
            super(message);
        }
    }
}
