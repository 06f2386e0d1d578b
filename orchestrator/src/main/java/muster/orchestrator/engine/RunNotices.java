package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.notify.NotRun;
import muster.orchestrator.notify.Notifications;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.CellRun;
import muster.reports.History;
import muster.reports.view.RunLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the channels that a run's matrix names told what happens to it, from being queued to its end. */
final class RunNotices {

    private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

    /** A clock that is set is looked at again at least so often. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final RunQueue queue;
    private final Notifications notifications;
    private final History history;
    private final Clock clock;

    RunNotices(RunQueue queue, Notifications notifications, History history, Clock clock) {
        this.queue = queue;
        this.notifications = notifications;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Begins to tell.
     *
     * @param unfinished what an earlier process left, which goes on
     */
    void begin(Collection<CellRun> unfinished) throws IOException {
        Set<Capacity.Owner> underWay = unfinished.stream()
                .map(cell -> new Capacity.Owner(cell.id().run(), cell.key()))
                .collect(Collectors.toSet());
        notifications.begin((run, cell) -> underWay.contains(new Capacity.Owner(run, cell)));
    }

    /** From now on. One that has ended meanwhile is passed over. */
    void follow(long run) {
        try {
            Matrix matrix = queue.matrix(run);
            notifications.follow(run, matrix.channels());
            Schedule schedule = matrix.schedule();
            Duration within = schedule == null ? null : schedule.within();
            if (within != null) {
                Thread.ofVirtual().name("lateness of run " + run).start(() -> awaitLateness(run, within));
            }
        } catch (NoSuchFileException ended) {
            LOG.debug("run {} has ended", run);
        } catch (IOException | ConfigError unreadable) {
            LOG.warn("nobody is told what happens to run {}", run, unreadable);
        }
    }

    /** A matrix was due, and nothing was run of it. */
    void notRun(Timetable.Entry entry, Instant due, String why) {
        notifications.notRun(new NotRun(entry.matrix(), entry.schedule(), due, why), entry.channels());
    }

    private void awaitLateness(long run, Duration within) {
        try {
            while (true) {
                RunLine line = history.run(run).orElseThrow().run();
                if (line.endedAt() != null) {
                    return;
                }
                Instant late = line.queuedAt().plus(within);
                Duration left = Duration.between(clock.instant(), late);
                if (!left.isPositive()) {
                    notifications.late(run, within);
                    return;
                }
                Thread.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
            }
        } catch (InterruptedException ended) {
            LOG.debug("run {} is not watched any more", run);
        }
    }
}
