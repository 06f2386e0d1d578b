package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig.Budget;
import muster.orchestrator.config.Sizes;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.Capacity.Need;
import muster.orchestrator.run.Capacity.Owner;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Outlook;
import muster.reports.Attempt;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of every cell that has not ended why it waits, and when it will likely begin and end. */
final class Outlooks {

    private static final Logger LOG = LoggerFactory.getLogger(Outlooks.class);

    private final Board board;
    private final LocalEngine engine;
    private final RunQueue queue;
    private final CellRuns cellRuns;
    private final Admission admission;
    private final Budget budget;
    private final ZoneId zone;
    private final Map<Long, List<Coming>> coming = new ConcurrentHashMap<>();

    Outlooks(
            Board board,
            LocalEngine engine,
            RunQueue queue,
            CellRuns cellRuns,
            Admission admission,
            Budget budget,
            ZoneId zone) {
        this.board = board;
        this.engine = engine;
        this.queue = queue;
        this.cellRuns = cellRuns;
        this.admission = admission;
        this.budget = budget;
        this.zone = zone;
    }

    /**
     * What is to come.
     *
     * @param underWay of attempts on the board
     * @param toCome of cells of runs of which nothing has begun
     */
    record Seen(Map<Attempt, Outlook> underWay, SequencedMap<Owner, Outlook> toCome) {}

    /** One cell with what is known of it. */
    private record Known(ForecastCell cell, String waits) {}

    Seen look(Instant now) {
        Budget free = admission.free();
        Map<Attempt, Known> underWay = underWay(free);
        SequencedMap<Owner, Known> toCome = toCome();
        List<ForecastCell> cells = new ArrayList<>();
        underWay.values().forEach(known -> cells.add(known.cell()));
        toCome.values().forEach(known -> cells.add(known.cell()));
        IdentityHashMap<ForecastCell, Forecast.Times> times = new Forecast(now, free, cells).times();
        Map<Attempt, Outlook> seen = new HashMap<>();
        underWay.forEach((attempt, known) -> seen.put(attempt, outlook(known, times)));
        SequencedMap<Owner, Outlook> coming = new LinkedHashMap<>();
        toCome.forEach((owner, known) -> coming.put(owner, outlook(known, times)));
        return new Seen(seen, coming);
    }

    private static Outlook outlook(Known known, IdentityHashMap<ForecastCell, Forecast.Times> times) {
        Forecast.Times its = times.getOrDefault(known.cell(), new Forecast.Times(null, null));
        return new Outlook(known.waits(), its.starts(), its.ends());
    }

    private Map<Attempt, Known> underWay(Budget free) {
        Map<Owner, CellRun> runs = new HashMap<>();
        boolean closed = admission.closed().isPresent();
        engine.underWay().forEach(run -> runs.put(new Owner(run.id().run(), run.key()), run));
        Map<Attempt, Known> all = new LinkedHashMap<>();
        for (CellStatus status : board.snapshot()) {
            Attempt attempt = status.attempt();
            Owner owner = new Owner(attempt.run(), attempt.cell());
            CellRun run = runs.get(owner);
            if (run != null && status.outcome() == null) {
                Need need =
                        attempt.kind() == Attempt.Kind.CONFIRM ? run.need().lonely() : whole(run.cell(), run.need());
                boolean held = queue.holds().isHeld(owner);
                boolean waits = status.startedAt() == null;
                all.put(
                        attempt,
                        new Known(
                                new ForecastCell(
                                        attempt.run(),
                                        need,
                                        status.expected(),
                                        status.startedAt(),
                                        null,
                                        null,
                                        held
                                                || (waits
                                                        && (closed
                                                                || !beforeItsTurn(status, need)
                                                                        .isEmpty()))),
                                waits ? waits(status, need, free, held) : ""));
            }
        }
        return all;
    }

    /** What the guests of a cell take that run at once. */
    private Need whole(Cell cell, Need one) {
        long fit = (long) Math.min(
                (double) budget.memoryBytes() / one.memoryBytes(), one.cpus() == 0 ? 1 : budget.cpus() / one.cpus());
        int guests = Math.clamp(fit, 1, cell.shards());
        return new Need(
                one.label(),
                one.memoryBytes() * guests,
                one.cpus() * guests,
                one.priority(),
                one.rank(),
                one.alone(),
                one.owner());
    }

    private String waits(CellStatus status, Need need, Budget free, boolean held) {
        String before = beforeItsTurn(status, need);
        if (held) {
            return QueueWords.held(status.attempt().run());
        }
        Optional<String> closed = admission.closed();
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!before.isEmpty()) {
            return before;
        }
        if (need.alone()) {
            return "waits until no other guest is at work, for it is to be alone";
        }
        if (need.memoryBytes() > free.memoryBytes()) {
            return "waits for memory: needs " + Sizes.format(need.memoryBytes()) + ", "
                    + Sizes.format(Math.max(0, free.memoryBytes())) + " of " + Sizes.format(budget.memoryBytes())
                    + " are free";
        }
        if (need.cpus() > free.cpus() + 1e-9) {
            return "waits for processors: keeps %.1f busy, %.1f of %.1f are free"
                    .formatted(need.cpus(), Math.max(0, free.cpus()), budget.cpus());
        }
        return "waits its turn: what is free is kept for one before it";
    }

    /** What has to be done before it waits for its turn, its image to be made say, which takes nobody knows how long; or empty. */
    private static String beforeItsTurn(CellStatus status, Need need) {
        return status.detail().equals(need.waiting()) ? "" : status.detail();
    }

    private SequencedMap<Owner, Known> toCome() {
        SequencedMap<Owner, Known> all = new LinkedHashMap<>();
        SortedMap<Long, QueuePlace> notDue = queue.notDue();
        coming.keySet().retainAll(notDue.keySet());
        notDue.forEach((run, place) -> {
            try {
                Set<CellKey> open = new HashSet<>(queue.unended(run));
                for (Coming cell : coming(run)) {
                    if (!open.contains(cell.key())) {
                        continue; // cancelled meanwhile
                    }
                    Owner owner = new Owner(run, cell.key());
                    boolean held = queue.holds().isHeld(owner);
                    all.put(
                            owner,
                            new Known(
                                    new ForecastCell(
                                            run,
                                            cell.need().urgent(place.priority()),
                                            cell.estimate(),
                                            null,
                                            place.notBefore(),
                                            place.after(),
                                            held),
                                    held ? QueueWords.held(run) : waits(place)));
                }
            } catch (ConfigError | IOException unreadable) {
                LOG.warn("nobody can say when run {} begins: its matrix cannot be read", run, unreadable);
            }
        });
        return all;
    }

    /** What the cells of a run take, asked of its history once. */
    private List<Coming> coming(long run) throws IOException, ConfigError {
        List<Coming> known = coming.get(run);
        if (known == null) {
            known = new ArrayList<>();
            for (Cell cell : queue.cells(run)) {
                Estimate estimate = cellRuns.estimate(cell);
                known.add(new Coming(cell.key(), whole(cell, cellRuns.need(cell, estimate)), estimate));
            }
            coming.put(run, known);
        }
        return known;
    }

    /** A cell of a run of which nothing has begun. */
    private record Coming(CellKey key, Need need, @Nullable Estimate estimate) {}

    private String waits(QueuePlace place) {
        Long after = place.after();
        Instant from = place.notBefore();
        return from != null
                ? QueueWords.notBefore(from, zone)
                : "waits for the end of run " + after + ", the last of its matrix";
    }
}
