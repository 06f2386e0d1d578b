package muster.orchestrator.engine;

import java.io.IOException;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.HomeApi;
import muster.orchestrator.web.QueueAnswer;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;
import org.jspecify.annotations.Nullable;

/** What other processes of this user may ask of the queue, and of the schedule where this process is a service. */
final class QueueApi implements HomeApi.Queue {

    private final RunQueue queue;
    private final Home home;
    private volatile @Nullable Serving serving;

    QueueApi(RunQueue queue, Home home) {
        this.queue = queue;
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
