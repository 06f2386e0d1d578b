package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.run.CellRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works in a home until its process ends: what was left unfinished first, then what is queued, each run when its turn comes.
 * It is never closed: guests outlive it, and the next process takes them up.
 */
public final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final HeldFarm farm;
    private final Clock clock;
    private final AtomicLong lastEnded = new AtomicLong();

    private final LongConsumer ended;

    private Service(HeldFarm farm, Clock clock, LongConsumer ended) {
        this.farm = farm;
        this.clock = clock;
        this.ended = ended;
    }

    /**
     * Begins to work.
     *
     * @param ended is told the number of each run that has ended
     * @return how many cells of each run were taken up
     */
    public static SortedMap<Long, Integer> start(HeldFarm farm, Clock clock, LongConsumer ended) throws IOException {
        Service service = new Service(farm, clock, ended);
        Map<Long, List<CellRun>> unfinished = farm.unfinished().stream()
                .collect(Collectors.groupingBy(cell -> cell.id().run(), TreeMap::new, Collectors.toList()));
        SortedMap<Long, Instant> notDue = farm.notDue();
        farm.serve(service::takeTurn);
        unfinished.forEach((run, cells) -> Thread.ofVirtual().name("run " + run).start(() -> service.run(run, cells)));
        notDue.keySet().forEach(service::takeTurn);
        SortedMap<Long, Integer> taken = new TreeMap<>();
        unfinished.forEach((run, cells) -> taken.put(run, cells.size()));
        return taken;
    }

    private void takeTurn(long run) {
        Instant from = farm.notDue().getOrDefault(run, clock.instant());
        Thread.ofVirtual().name("run " + run).start(() -> {
            try {
                while (clock.instant().isBefore(from)) {
                    Thread.sleep(Duration.between(clock.instant(), from));
                }
                run(run, farm.begin(run));
            } catch (IOException | ConfigError broken) {
                LOG.error("cannot begin run {}: the next start of this home tries again", run, broken);
            } catch (InterruptedException ended) {
                LOG.debug("run {} is not begun: its service ends", run);
            }
        });
    }

    /** The last one that has ended stays on the board for who still looks at it. */
    private void run(long run, List<CellRun> cells) {
        farm.run(cells);
        long before = lastEnded.getAndSet(run);
        farm.board().forget(each -> each == before);
        ended.accept(run);
    }
}
