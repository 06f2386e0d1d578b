package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellRun;
import muster.reports.Ending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which attempts are made again: those that the farm itself failed, as often as their matrix allows, and in one run no
 * more than a tenth of its cells or three, whichever is more, so that a broken host does not go on all night. How many a
 * run has had is kept in its folder.
 */
final class Retries {

    /** A run with few cells has this many. */
    static final int LEAST = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final String FILE = "retries";

    private final Home home;
    private final Duration pause;
    private final Map<Long, Integer> budgets = new ConcurrentHashMap<>();

    /**
     * @param pause before the first retry of a cell; four times as long before each further one
     */
    Retries(Home home, Duration pause) {
        this.home = home;
        this.pause = pause;
    }

    /** What a run of that many cells may have. */
    void allow(long run, int cells) {
        budgets.merge(run, Math.max(LEAST, (cells + 9) / 10), Math::max);
    }

    /** The next attempt of a cell whose last one has ended; empty when it was the last. */
    Optional<CellRun> after(CellRun ended, Ending ending) throws InterruptedException {
        if (!ended.id().kind().standsForCell()
                || !ending.outcome().isInfrastructure()
                || ended.isLasting()
                || ended.retries() >= ended.retriesAllowed()) {
            return Optional.empty();
        }
        pause(ended.retries());
        try {
            return take(ended.id().run()) ? Optional.of(ended.again(ending)) : Optional.empty();
        } catch (IOException broken) {
            LOG.error("cannot try {} again", ended, broken);
            return Optional.empty();
        }
    }

    /** Takes one of a run's for a shard that had some, if there is one left, when it is time for it. */
    boolean takeInTime(long run, int had) throws IOException, InterruptedException {
        pause(had);
        return take(run);
    }

    private void pause(int had) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos() << Math.min(20, 2 * had));
    }

    /** Takes one of a run's, if there is one left. */
    synchronized boolean take(long run) throws IOException {
        int had = had(run);
        if (had >= budgets.getOrDefault(run, LEAST)) {
            LOG.warn("run {} has had all of its {} retries: what the farm fails from here on stays so", run, had);
            return false;
        }
        Files.createDirectories(home.run(run));
        Files.writeString(file(run), Integer.toString(had + 1));
        return true;
    }

    private int had(long run) throws IOException {
        try {
            return Integer.parseInt(Files.readString(file(run)));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private Path file(long run) {
        return home.run(run).resolve(FILE);
    }
}
