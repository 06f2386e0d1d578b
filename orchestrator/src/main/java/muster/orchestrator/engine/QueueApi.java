package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.schedule.FarmClock;
import muster.orchestrator.web.HoldRequest;
import muster.orchestrator.web.HomeApi;
import muster.orchestrator.web.QueueAnswer;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.RerunAnswer;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;
import muster.orchestrator.web.StatusLine;
import org.jspecify.annotations.Nullable;

/** What other processes of this user may ask of the queue, and of the schedule where this process is a service. */
final class QueueApi implements HomeApi.Queue {

    private final RunQueue queue;
    private final StatusLines lines;
    private final IdleSchedules idle;
    private volatile @Nullable Serving serving;

    /** What is run by itself, where no service is at work. */
    @FunctionalInterface
    interface IdleSchedules {
        Schedules open(FarmClock.Due due) throws IOException, FarmFailed;
    }

    QueueApi(RunQueue queue, StatusLines lines, IdleSchedules idle) {
        this.queue = queue;
        this.lines = lines;
        this.idle = idle;
    }

    void serve(Serving service) {
        serving = service;
    }

    @Override
    public QueueAnswer add(QueueRequest asked) throws IOException {
        try {
            long run = queue.add(asked);
            Serving service = serving;
            if (service != null) {
                service.queued(run);
            }
            return new QueueAnswer(run, service != null);
        } catch (ConfigError | FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    @Override
    public RerunAnswer rerun(@Nullable Long run) throws IOException {
        try {
            RunQueue.Rerun added = queue.addFailed(run);
            Serving service = serving;
            if (service != null) {
                service.queued(added.run());
            }
            return new RerunAnswer(added.run(), added.of(), added.cells(), service != null);
        } catch (ConfigError | FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    @Override
    public int hold(HoldRequest asked) throws IOException {
        try {
            int cells = queue.hold(asked.what(), asked.hold());
            turnsChanged();
            return cells;
        } catch (ConfigError | FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /** Another run's turn may have come. */
    void turnsChanged() {
        Serving service = serving;
        if (service != null) {
            service.turnsChanged();
        }
    }

    @Override
    public List<StatusLine> cells() {
        return lines.now();
    }

    @Override
    public List<ScheduleLine> schedule() {
        try {
            Serving service = serving;
            if (service != null) {
                return service.schedule();
            }
            try (Schedules schedules = looked()) {
                return schedules.lines();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look at the schedule: " + unreadable.getMessage(), unreadable);
        } catch (ConfigError | FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    @Override
    public void change(ScheduleChange asked) {
        try {
            Serving service = serving;
            if (service != null) {
                service.change(asked);
                return;
            }
            try (Schedules schedules = looked()) {
                schedules.change(asked);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot change the schedule: " + unreadable.getMessage(), unreadable);
        } catch (FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /** As a service would find it; nothing is due by it, nor missed. */
    private Schedules looked() throws IOException, FarmFailed {
        Schedules schedules = idle.open((_, _) -> {});
        schedules.timetable().read();
        return schedules;
    }
}
