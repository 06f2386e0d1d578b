package muster.orchestrator.engine;

import java.io.IOException;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
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
    private final Home home;
    private volatile @Nullable Serving serving;

    QueueApi(RunQueue queue, StatusLines lines, Home home) {
        this.queue = queue;
        this.lines = lines;
        this.home = home;
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
            return service().schedule();
        } catch (ConfigError | FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    @Override
    public void change(ScheduleChange asked) {
        try {
            service().change(asked);
        } catch (FarmFailed wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    private Serving service() throws FarmFailed {
        Serving service = serving;
        if (service == null) {
            throw new FarmFailed("cannot look at the schedule: no service works in " + home.folder()
                    + ", only a run; begin 'muster serve' when it has ended");
        }
        return service;
    }
}
