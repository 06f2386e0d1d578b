package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.schedule.FarmClock;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;
import muster.orchestrator.web.Upkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works in a home until its process ends: what was left unfinished first, then what is queued and what its schedule says,
 * each run when its turn comes. It is never closed: guests outlive it, and the next process takes them up.
 */
public final class Service implements Serving {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration FILES_BEAT = Duration.ofSeconds(2);
    private static final Duration FORESEEING_BEAT = Duration.ofSeconds(5);

    private final HeldFarm farm;
    private final Clock clock;
    private final Consumer<String> say;
    private final Schedules schedules;
    private final RunNotices notices;
    private final Foresight foresight;
    private Set<String> broken = Set.of();
    private long lastEnded;

    private Service(HeldFarm farm, Clock clock, Consumer<String> say) throws IOException, FarmFailed {
        this.farm = farm;
        this.clock = clock;
        this.say = say;
        this.schedules = farm.schedules(new FarmClock.Due() {
            @Override
            public void due(String matrix, Instant at) {
                Service.this.due(matrix, at);
            }

            @Override
            public void skipped(String matrix, Instant at) {
                Service.this.skipped(matrix, at);
            }
        });
        this.foresight = farm.foresight(this::coming);
        this.notices = new RunNotices(
                farm.queue(), farm.openNotifications(), farm.store().history(), clock);
    }

    /**
     * Begins to work.
     *
     * @param say is told what happens to runs, a sentence each
     */
    public static Service start(HeldFarm farm, Clock clock, Consumer<String> say) throws IOException, FarmFailed {
        Service service = new Service(farm, clock, say);
        List<Long> open = farm.queue().open();
        open.forEach(service.notices::follow);
        Set<Long> waiting = farm.queue().notDue().keySet();
        List<CellRun> left = farm.unfinished(waiting);
        service.notices.begin(left);
        Map<Long, List<CellRun>> unfinished = left.stream()
                .collect(Collectors.groupingBy(cell -> cell.id().run(), TreeMap::new, Collectors.toList()));
        unfinished.forEach(service::takeUp);
        waiting.forEach(service::queued);
        farm.serve(service);
        service.readFiles();
        service.schedules.clock().start();
        farm.lookAfter(service::clockNow);
        Thread.ofVirtual().name("matrix files").start(service::watchFiles);
        Thread.ofVirtual().name("what is to come").start(service::foresee);
        return service;
    }

    private void takeUp(long run, List<CellRun> cells) {
        say.accept("taking up run " + run + ": " + cells.size() + (cells.size() == 1 ? " cell" : " cells") + " to go");
        Thread.ofVirtual().name("run " + run).start(() -> run(run, cells));
    }

    @Override
    public void queued(long run) {
        Thread.ofVirtual().name("run " + run).start(() -> {
            try {
                notices.follow(run);
                awaitTurn(run);
                run(run, farm.queue().begin(run));
            } catch (IOException | ConfigError broken) {
                LOG.error("cannot begin run {}: the next start of this home tries again", run, broken);
            } catch (InterruptedException ended) {
                LOG.debug("run {} is not begun: its service ends", run);
            }
        });
    }

    @Override
    public synchronized void turnsChanged() {
        notifyAll();
    }

    private synchronized void awaitTurn(long run) throws InterruptedException {
        for (QueuePlace place = farm.queue().notDue().get(run);
                place != null;
                place = farm.queue().notDue().get(run)) {
            Instant from = place.notBefore();
            wait(from == null ? 0 : Math.max(1, clock.instant().until(from).toMillis()));
        }
    }

    /** The last one that has ended stays on the board for who still looks at it. */
    private void run(long run, List<CellRun> cells) {
        farm.run(cells);
        synchronized (this) {
            long before = lastEnded;
            lastEnded = run;
            farm.board().forget(each -> each == before);
            notifyAll();
        }
        say.accept("run " + run + " has ended");
    }

    /** Queues a run of a matrix whose time has come. */
    void due(String matrix, Instant at) {
        Timetable.Entry entry = schedules.timetable().entry(matrix).orElse(null);
        if (entry == null) {
            LOG.warn("the matrix {} was due at {} and has no file with a schedule any more", matrix, at);
            return;
        }
        try {
            OptionalLong unfinished = queue(entry, at);
            if (unfinished.isPresent()) {
                notRun(
                        entry,
                        at,
                        "run " + unfinished.getAsLong() + " had not ended, and its schedule says 'unfinished: skip'");
            }
        } catch (IOException | ConfigError | FarmFailed | RuntimeException broken) {
            LOG.error("cannot queue a run of {}, which was due at {}", matrix, at, broken);
            notRun(entry, at, String.valueOf(broken.getMessage()));
        }
    }

    /** Nobody was at work at one of its times, and perhaps later ones. */
    private void skipped(String matrix, Instant at) {
        schedules
                .timetable()
                .entry(matrix)
                .ifPresent(entry -> notRun(entry, at, "no service was at work, and its schedule says 'missed: skip'"));
    }

    private void notRun(Timetable.Entry entry, Instant at, String why) {
        say.accept("no run of " + entry.matrix() + " for " + entry.schedule().words(at) + ": " + why);
        notices.notRun(entry, at, why);
        try {
            schedules.leftOut(entry.matrix(), at, why);
        } catch (IOException unwritable) {
            LOG.error("the schedule does not show that {} was not run at {}", entry.matrix(), at, unwritable);
        }
    }

    /** The same for a person, who is told what stands in the way. */
    private void trigger(Timetable.Entry entry) throws FarmFailed {
        try {
            OptionalLong unfinished = queue(entry, clock.instant());
            if (unfinished.isPresent()) {
                throw new FarmFailed("cannot queue a run of " + entry.matrix() + ": run " + unfinished.getAsLong()
                        + " has not ended, and its schedule says 'unfinished: skip'");
            }
        } catch (IOException | ConfigError broken) {
            throw new FarmFailed("cannot queue a run of " + entry.matrix() + ": " + broken.getMessage(), broken);
        }
    }

    /** Returns the run for which nothing comes of that time; empty where a run of it is queued, now or before. */
    private OptionalLong queue(Timetable.Entry entry, Instant at) throws IOException, ConfigError, FarmFailed {
        String matrix = entry.matrix();
        List<Long> open = farm.queue().open(matrix);
        Schedule.Unfinished unfinished = entry.schedule().unfinished();
        if (!open.isEmpty() && unfinished == Schedule.Unfinished.SKIP) {
            // What is told again, after a crash in between, may be the time of that very run.
            return farm.store().isQueued(matrix, at) ? OptionalLong.empty() : OptionalLong.of(open.getLast());
        }
        QueuePlace place = open.isEmpty() ? QueuePlace.USUAL : new QueuePlace(0, null, open.getLast());
        boolean replaces = unfinished == Schedule.Unfinished.REPLACE;
        // Only what is queued for it replaces anything: another service may have seen to this time.
        OptionalLong run = farm.queue().addDue(entry.copy(), at, place);
        if (run.isPresent()) {
            say.accept("queued run " + run.getAsLong() + " of " + matrix + ", due at "
                    + entry.schedule().words(at)
                    + (open.isEmpty()
                            ? ""
                            : (replaces ? ", in place of run " : ", after the end of run ") + open.getLast()));
            if (replaces) {
                for (long last : open) {
                    farm.replace(last, run.getAsLong());
                }
                turnsChanged();
            }
            queued(run.getAsLong());
        }
        return OptionalLong.empty();
    }

    private Upkeep.Check clockNow() {
        try {
            return schedules.clock().isRunning()
                    ? new Upkeep.Check(true, "its clock runs")
                    : new Upkeep.Check(false, "its clock stands still");
        } catch (FarmFailed broken) {
            return new Upkeep.Check(false, String.valueOf(broken.getMessage()));
        }
    }

    private void watchFiles() {
        while (true) {
            try {
                Thread.sleep(FILES_BEAT);
                readFiles();
            } catch (IOException | FarmFailed | RuntimeException broken) {
                LOG.error("cannot read the matrix files: they count as they were", broken);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void foresee() {
        while (true) {
            try {
                Thread.sleep(FORESEEING_BEAT);
                foresight.look();
            } catch (IOException | ConfigError | FarmFailed | RuntimeException broken) {
                LOG.warn("no guests are booted ahead for what is to come", broken);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private Map<String, List<Cell>> coming(Instant until) throws IOException, ConfigError, FarmFailed {
        Map<String, List<Cell>> coming = new TreeMap<>();
        farm.queue().soon(until).forEach((run, cells) -> coming.put("run " + run, cells));
        for (Timetable.Entry entry : schedules.timetable().entries()) {
            Optional<Instant> due = schedules.clock().next(entry.matrix());
            if (due.isPresent() && !due.get().isAfter(until)) {
                coming.put("matrix " + entry.matrix(), farm.queue().cells(entry.copy()));
            }
        }
        return coming;
    }

    private void readFiles() throws IOException, FarmFailed {
        if (schedules.follow()) {
            Set<String> now = schedules.timetable().problems();
            now.stream().filter(problem -> !broken.contains(problem)).forEach(say);
            broken = now;
        }
    }

    @Override
    public List<ScheduleLine> schedule() throws IOException, FarmFailed, ConfigError {
        return schedules.lines();
    }

    @Override
    public void change(ScheduleChange asked) throws FarmFailed {
        if (asked.action() == ScheduleChange.Action.TRIGGER) {
            trigger(schedules.named(asked.matrix()));
        } else {
            schedules.change(asked);
        }
    }
}
