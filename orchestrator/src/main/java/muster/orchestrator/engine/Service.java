package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Timetable timetable;
    private final FarmClock farmClock;
    private final RunNotices notices;
    private final Foresight foresight;
    private long lastEnded;

    private Service(HeldFarm farm, Clock clock, Consumer<String> say) throws IOException, FarmFailed {
        this.farm = farm;
        this.clock = clock;
        this.say = say;
        this.timetable = farm.timetable();
        this.farmClock = farm.openClock(this::due);
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
        service.farmClock.start();
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
    private void due(String matrix, Instant at) {
        Timetable.Entry entry = timetable.entry(matrix).orElse(null);
        if (entry == null) {
            LOG.warn("the matrix {} was due at {} and has no file with a schedule any more", matrix, at);
            return;
        }
        try {
            queue(entry, at);
        } catch (IOException | ConfigError | FarmFailed | RuntimeException broken) {
            LOG.error("cannot queue a run of {}, which was due at {}", matrix, at, broken);
            say.accept("cannot queue a run of " + matrix + ", which was due at " + at + ": " + broken.getMessage());
        }
    }

    /** The same for a person, who is told what stands in the way. */
    private void trigger(String matrix) throws FarmFailed {
        try {
            Optional<String> why = queue(timetable.entry(matrix).orElseThrow(), clock.instant());
            if (why.isPresent()) {
                throw new FarmFailed("cannot queue a run of " + matrix + ": " + why.get());
            }
        } catch (IOException | ConfigError broken) {
            throw new FarmFailed("cannot queue a run of " + matrix + ": " + broken.getMessage(), broken);
        }
    }

    /** Returns why nothing comes of that time; empty where a run of it is queued, now or before. */
    private Optional<String> queue(Timetable.Entry entry, Instant at) throws IOException, ConfigError, FarmFailed {
        List<Long> open = farm.queue().open(entry.matrix());
        QueuePlace place = open.isEmpty() ? QueuePlace.USUAL : new QueuePlace(0, null, open.getLast());
        if (!open.isEmpty()) {
            switch (entry.schedule().unfinished()) {
                case SKIP -> {
                    say.accept("no run of " + entry.matrix() + " for " + at + ": run " + open.getLast()
                            + " has not ended");
                    return Optional.of(
                            "run " + open.getLast() + " has not ended, and its schedule says 'unfinished: skip'");
                }
                case REPLACE, QUEUE ->
                    LOG.info("a run of {} waits for the end of run {}", entry.matrix(), open.getLast());
            }
        }
        // Only what is queued for it replaces anything: another service may have seen to this time.
        OptionalLong run = farm.queue().addDue(entry.copy(), at, place);
        if (run.isPresent()) {
            say.accept("queued run " + run.getAsLong() + " of " + entry.matrix() + ", due at " + at);
            if (entry.schedule().unfinished() == Schedule.Unfinished.REPLACE) {
                for (long last : open) {
                    farm.cancelRun(last);
                }
                turnsChanged();
            }
            queued(run.getAsLong());
        }
        return Optional.empty();
    }

    private Upkeep.Check clockNow() {
        try {
            return farmClock.isRunning()
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
        for (Timetable.Entry entry : timetable.entries()) {
            Optional<Instant> due = farmClock.next(entry.matrix());
            if (due.isPresent() && !due.get().isAfter(until)) {
                coming.put("matrix " + entry.matrix(), farm.queue().cells(entry.copy()));
            }
        }
        return coming;
    }

    private void readFiles() throws IOException, FarmFailed {
        if (timetable.read()) {
            Map<String, Schedule> schedules = new HashMap<>();
            timetable.entries().forEach(entry -> schedules.put(entry.matrix(), entry.schedule()));
            farmClock.set(schedules);
        }
    }

    @Override
    public List<ScheduleLine> schedule() throws FarmFailed, ConfigError {
        List<ScheduleLine> lines = new ArrayList<>();
        for (Timetable.Entry entry : timetable.entries()) {
            boolean paused = farmClock.next(entry.matrix()).isEmpty();
            lines.add(ScheduleLine.of(
                    entry.matrix(), entry.file(), entry.schedule(), clock.instant(), paused, entry.problem()));
        }
        timetable.unusable().forEach((file, problem) -> lines.add(ScheduleLine.unusable(file, problem)));
        return lines;
    }

    @Override
    public void change(ScheduleChange asked) throws FarmFailed {
        String matrix = asked.matrix();
        if (timetable.entry(matrix).isEmpty()) {
            throw new FarmFailed("cannot change the schedule of '" + matrix + "': no matrix of this name has one, only "
                    + timetable.entries().stream().map(Timetable.Entry::matrix).collect(Collectors.joining(", ")));
        }
        switch (asked.action()) {
            case PAUSE -> farmClock.pause(matrix);
            case RESUME -> farmClock.resume(matrix);
            case TRIGGER -> trigger(matrix);
        }
    }
}
