package muster.orchestrator.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import muster.orchestrator.matrix.Estimate;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import org.jspecify.annotations.Nullable;

/** Where every attempt under way stands; whoever shows progress reads it here. Safe for many threads. */
public final class Board {

    private final Clock clock;
    private final TreeMap<String, CellStatus> attempts = new TreeMap<>();
    private final List<Consumer<CellStatus>> listeners = new CopyOnWriteArrayList<>();

    public Board(Clock clock) {
        this.clock = clock;
    }

    /** Called at every change of a step, a detail or an outcome, but not of counts; must return quickly. */
    public void onChange(Consumer<CellStatus> listener) {
        listeners.add(listener);
    }

    /** Takes the attempts off the board that were to confirm what became of a cell. */
    public synchronized void confirmed(long run, CellKey cell) {
        attempts.values()
                .removeIf(status -> status.attempt().run() == run
                        && status.cell().equals(cell)
                        && status.attempt().kind() == Attempt.Kind.CONFIRM);
    }

    /** Takes runs off the board that are of no more interest. */
    public synchronized void forget(LongPredicate runs) {
        attempts.values().removeIf(status -> runs.test(status.attempt().run()));
    }

    /** Puts an attempt on the board: what runs a cell again stands beside what stands for it. */
    public void queued(Attempt attempt, @Nullable Estimate expected) {
        CellStatus status = new CellStatus(attempt, clock.instant(), expected, "");
        synchronized (this) {
            attempts.put(key(attempt), status);
        }
        tell(status);
    }

    /** Puts the next attempt of a cell in the place of its last one. */
    void again(Attempt next, String earlier) {
        CellStatus status;
        synchronized (this) {
            CellStatus last = attempts.get(key(next));
            Estimate expected = last == null ? null : last.expected();
            status = new CellStatus(next, clock.instant(), expected, earlier);
            attempts.put(key(next), status);
        }
        tell(status);
    }

    /** A step begins. */
    public void step(Attempt attempt, Step step, Instant at) {
        tell(change(attempt, old -> old.at(step, at)));
    }

    /** What an attempt does or waits for just now, a few words. */
    public void detail(Attempt attempt, String detail) {
        tell(change(attempt, old -> old.doing(detail)));
    }

    /** What was found on its guest's console, a few words; a later word replaces an earlier one. */
    public void finding(Attempt attempt, String found) {
        tell(change(attempt, old -> old.finding(found)));
    }

    /** Where its shards stand. */
    void shards(Attempt attempt, List<CellStatus.Shard> shards) {
        tell(change(attempt, old -> old.sharded(shards)));
    }

    /** Verdicts read so far. */
    public void counts(Attempt attempt, Counts counts) {
        change(attempt, old -> old.counting(counts));
    }

    /** An attempt is done. */
    public void ended(Attempt attempt, Outcome outcome, String why, Counts counts, Instant at) {
        tell(change(attempt, old -> old.counting(counts).ended(outcome, why, at)));
    }

    /** All attempts, sorted by run and cell. */
    public synchronized List<CellStatus> snapshot() {
        return new ArrayList<>(attempts.values());
    }

    private synchronized CellStatus change(Attempt attempt, UnaryOperator<CellStatus> change) {
        CellStatus now = attempts.computeIfPresent(key(attempt), (key, old) -> change.apply(old));
        if (now == null) {
            throw new IllegalStateException("cannot show " + attempt + ": it is not on the board");
        }
        return now;
    }

    private void tell(CellStatus status) {
        listeners.forEach(listener -> listener.accept(status));
    }

    private static String key(Attempt attempt) {
        String cell = "%012d %s".formatted(attempt.run(), attempt.cell());
        return attempt.kind().standsForCell()
                ? cell
                : cell + " " + attempt.kind().word();
    }
}
