package muster.orchestrator.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import muster.orchestrator.config.FarmConfig.Budget;
import muster.orchestrator.run.Outlook;
import org.jspecify.annotations.Nullable;

/**
 * When cells will likely begin and end: plays what is to come with the rule by which {@link Admission} lets guests in, once
 * as long as cells usually take, and once as long as nine of ten do not exceed. One of which nothing is known ends at once
 * in the first and never in the second, so that what waits for it has no latest time.
 */
final class Forecast {

    private static final double ROUNDING = 1e-9;

    private final Instant now;
    private final Budget free;
    private final List<ForecastCell> cells;

    /**
     * @param free what no guest has now
     * @param cells all that have not ended
     */
    Forecast(Instant now, Budget free, List<ForecastCell> cells) {
        this.now = now;
        this.free = free;
        this.cells = cells;
    }

    /** Begin and end, where there will be one. */
    record Times(Outlook.@Nullable Span starts, Outlook.@Nullable Span ends) {}

    /** Of each of the cells. */
    IdentityHashMap<ForecastCell, Times> times() {
        Play usual = new Play(false).play();
        Play slow = new Play(true).play();
        IdentityHashMap<ForecastCell, Times> times = new IdentityHashMap<>();
        for (ForecastCell cell : cells) {
            times.put(
                    cell,
                    new Times(
                            cell.startedAt() == null ? span(usual.starts.get(cell), slow.starts.get(cell)) : null,
                            cell.estimate() == null ? null : span(usual.ends.get(cell), slow.ends.get(cell))));
        }
        return times;
    }

    private static Outlook.@Nullable Span span(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return null;
        }
        return one.isAfter(other) ? new Outlook.Span(other, one) : new Outlook.Span(one, other);
    }

    /** What is to come, played once. */
    private final class Play {

        private final boolean slowly;
        private final IdentityHashMap<ForecastCell, Instant> starts = new IdentityHashMap<>();
        private final IdentityHashMap<ForecastCell, Instant> ends = new IdentityHashMap<>();
        private final List<ForecastCell> waiting = new ArrayList<>();
        private final PriorityQueue<ForecastCell> running =
                new PriorityQueue<>(Comparator.comparing((ForecastCell cell) -> end(cell)));
        private final Set<ForecastCell> taking = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Map<Long, Integer> toEnd = new HashMap<>();
        private Instant time = now;
        private long memory = free.memoryBytes();
        private double cpus = free.cpus();

        Play(boolean slowly) {
            this.slowly = slowly;
        }

        private Instant end(ForecastCell cell) {
            return ends.getOrDefault(cell, Instant.MAX);
        }

        Play play() {
            for (ForecastCell cell : cells) {
                toEnd.merge(cell.run(), 1, Integer::sum);
                Instant began = cell.startedAt();
                if (began == null) {
                    waiting.add(cell);
                } else {
                    runs(cell, began);
                }
            }
            waiting.sort(Comparator.comparing(ForecastCell::need, Admission.FIRST));
            begin();
            for (Instant next = next(); next != null; next = next()) {
                time = next;
                while (!running.isEmpty() && !end(running.element()).isAfter(time)) {
                    ended(running.remove());
                }
                begin();
            }
            return this;
        }

        private void runs(ForecastCell cell, Instant began) {
            Instant end = cell.end(began, slowly, time);
            taking.add(cell);
            starts.put(cell, began);
            if (end == null && !slowly) {
                end = time;
            }
            if (end != null) {
                ends.put(cell, end);
                running.add(cell);
            }
        }

        private void ended(ForecastCell cell) {
            taking.remove(cell);
            memory += cell.need().memoryBytes();
            cpus += cell.need().cpus();
            toEnd.merge(cell.run(), -1, Integer::sum);
        }

        private void begin() {
            ForecastCell first = null;
            Reservation reserved = null;
            Set<ForecastCell> begun = Collections.newSetFromMap(new IdentityHashMap<>());
            for (ForecastCell cell : waiting) {
                if (!isDue(cell)) {
                    continue;
                }
                if (!fits(cell)) {
                    if (reserved == null && !cell.need().alone()) {
                        first = cell;
                        reserved = reserve(first);
                    }
                } else if (reserved == null || reserved.allows(cell.need(), time)) {
                    memory -= cell.need().memoryBytes();
                    cpus -= cell.need().cpus();
                    runs(cell, time);
                    begun.add(cell);
                    reserved = first == null ? null : reserve(first);
                }
            }
            waiting.removeIf(begun::contains);
        }

        private Reservation reserve(ForecastCell first) {
            List<Reservation.Running> all = taking.stream()
                    .map(cell -> new Reservation.Running(cell.need(), starts.getOrDefault(cell, time)))
                    .toList();
            return Reservation.of(first.need(), all, new Budget(memory, cpus), time);
        }

        private boolean isDue(ForecastCell cell) {
            Instant from = cell.notBefore();
            Long after = cell.after();
            return !cell.held()
                    && (from == null || !from.isAfter(time))
                    && (after == null || toEnd.getOrDefault(after, 0) == 0);
        }

        private boolean fits(ForecastCell cell) {
            return cell.need().memoryBytes() <= memory
                    && cell.need().cpus() <= cpus + ROUNDING
                    && (!cell.need().alone() || taking.isEmpty());
        }

        /** When something can happen next; null where nothing ever will. */
        private @Nullable Instant next() {
            Instant next = running.isEmpty() ? null : end(running.element());
            for (ForecastCell cell : waiting) {
                Instant from = cell.notBefore();
                if (from != null && from.isAfter(time) && (next == null || from.isBefore(next))) {
                    next = from;
                }
            }
            return next;
        }
    }
}
