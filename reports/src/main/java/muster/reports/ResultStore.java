package muster.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import muster.testsuites.ResultSink;

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

    /** Begins an attempt of a cell; earlier unfinished attempts of that cell are fenced from here on. */
    Attempt begin(long run, CellKey cell, Attempt.Kind kind, Instant at);

    /** Stamps the beginning of a step; a step already stamped keeps its first stamp. */
    void step(Attempt attempt, Step step, Instant at);

    /** Adds a guest to an attempt; the same role again replaces it. */
    void guest(Attempt attempt, GuestRecord guest);

    /** Keeps a file beside the database, compressed, named by its content's digest; the same content is kept once. */
    Ending.KeptFile keep(String role, String name, Path file, long cutAt) throws IOException;

    /**
     * Reads the cases and ends the attempt, in one transaction.
     *
     * @param cases pushes every case of the journal into the sink it is given; called once
     * @param ending makes the ending from what was read
     */
    Ending finish(Attempt attempt, CaseReader cases, Function<Reading, Ending> ending) throws IOException;

    /** Marks a run as ended, when all its cells are. */
    void close(long run, Instant at);

    /** The questions that can be asked of this store. */
    History history();

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
     * @param counts cases by verdict
     * @param planned how many cases the journal said it would run, or -1
     * @param notes unreadable lines with their place (the first hundred, then a count), truncation
     * @param truncated whether the journal stops before its own end
     */
    record Reading(Counts counts, long planned, java.util.List<String> notes, boolean truncated) {}

    /** A write came from an attempt that has been replaced or has ended. */
    final class Fenced extends RuntimeException {
        public Fenced(String message) {
            super(message);
        }
    }
}
