package muster.orchestrator.engine;

import java.io.IOException;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.web.ScheduleChange;
import muster.orchestrator.web.ScheduleLine;

/** Whoever runs what others queue, and what its schedule says. */
interface Serving {

    /** A run was queued. */
    void queued(long run);

    /** Something was held back, released or cancelled: another run's turn may have come. */
    void turnsChanged();

    /** What is run by itself, and when. */
    List<ScheduleLine> schedule() throws IOException, FarmFailed, ConfigError;

    /** Pauses a matrix's schedule, resumes it, or runs the matrix now. */
    void change(ScheduleChange asked) throws FarmFailed;
}
