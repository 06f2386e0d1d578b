package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Schedule;
import muster.orchestrator.schedule.FarmClock;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;

/** What is run by itself and what is said of it: the same whether a service works by it or somebody only looks. */
final class Schedules implements AutoCloseable {

    private final Timetable timetable;
    private final FarmClock farmClock;
    private final LeftOuts leftOuts;
    private final Clock clock;

    Schedules(Timetable timetable, FarmClock farmClock, LeftOuts leftOuts, Clock clock) {
        this.timetable = timetable;
        this.farmClock = farmClock;
        this.leftOuts = leftOuts;
        this.clock = clock;
    }

    Timetable timetable() {
        return timetable;
    }

    FarmClock clock() {
        return farmClock;
    }

    /** Keeps that nothing came of a time. */
    void leftOut(String matrix, Instant at, String why) throws IOException {
        leftOuts.add(matrix, new ScheduleLine.LeftOut(at, why));
    }

    /** Reads the files, and has the clock go by them; whether anything has changed. */
    boolean follow() throws IOException, FarmFailed {
        if (!timetable.read()) {
            return false;
        }
        Map<String, Schedule> schedules = new HashMap<>();
        timetable.entries().forEach(entry -> schedules.put(entry.matrix(), entry.schedule()));
        farmClock.set(schedules);
        return true;
    }

    List<ScheduleLine> lines() throws IOException, FarmFailed, ConfigError {
        List<ScheduleLine> lines = new ArrayList<>();
        Instant now = clock.instant();
        for (Timetable.Entry entry : timetable.entries()) {
            boolean paused = farmClock.isPaused(entry.matrix());
            lines.add(ScheduleLine.of(entry.matrix(), entry.file(), entry.schedule(), now, paused, entry.problem())
                    .with(leftOuts.of(entry.matrix(), now)));
        }
        timetable.unusable().forEach((file, problem) -> lines.add(ScheduleLine.unusable(file, problem)));
        return lines;
    }

    /** Pauses or resumes, also what the clock does not know yet. */
    void change(ScheduleChange asked) throws FarmFailed {
        Timetable.Entry entry = named(asked.matrix());
        farmClock.add(entry.matrix(), entry.schedule());
        switch (asked.action()) {
            case PAUSE -> farmClock.pause(entry.matrix());
            case RESUME -> farmClock.resume(entry.matrix());
            case TRIGGER ->
                throw new FarmFailed("cannot run " + entry.matrix() + " now: no service works in this home; begin"
                        + " 'muster serve', or 'muster queue " + entry.file() + "' has the next one run it");
        }
    }

    /** @throws FarmFailed when there is none of that name */
    Timetable.Entry named(String matrix) throws FarmFailed {
        return timetable
                .entry(matrix)
                .orElseThrow(() -> new FarmFailed(
                        "cannot change the schedule of '" + matrix + "': no matrix of this name has one, only "
                                + timetable.entries().stream()
                                        .map(Timetable.Entry::matrix)
                                        .collect(Collectors.joining(", "))));
    }

    @Override
    public void close() throws FarmFailed {
        farmClock.close();
    }
}
