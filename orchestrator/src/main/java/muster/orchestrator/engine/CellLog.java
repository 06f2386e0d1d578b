package muster.orchestrator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import muster.orchestrator.log.LogContext;
import muster.orchestrator.run.CellStatus;
import muster.reports.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the program's own log where each attempt stands, a line for each step and one for its end. */
final class CellLog {

    private static final Logger LOG = LoggerFactory.getLogger(CellLog.class);

    private final Map<Long, Step> told = new ConcurrentHashMap<>();

    void changed(CellStatus cell) {
        long attempt = cell.attempt().id();
        if (cell.outcome() != null) {
            told.remove(attempt);
            try (LogContext.Scope _ = LogContext.of(cell.attempt())) {
                LOG.info(
                        "{}: {}{}",
                        cell.label(),
                        cell.outcome().word(),
                        cell.why().isEmpty() ? "" : ": " + cell.why());
            }
        } else if (told.put(attempt, cell.step()) != cell.step()) {
            try (LogContext.Scope _ = LogContext.of(cell.attempt())) {
                LOG.info("{}: {}", cell.label(), cell.step().word());
            }
        }
    }
}
