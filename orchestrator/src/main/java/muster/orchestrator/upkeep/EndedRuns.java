package muster.orchestrator.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import muster.orchestrator.home.Folders;
import muster.reports.ResultStore;

/**
 * What runs needed until they ended. Where the database is a server's it is left for backups, whose copy of that database may be
 * older than the run's end.
 *
 * @param folder has one of each run, by its number
 * @param age that such a copy is certainly younger than
 */
public record EndedRuns(Path folder, ResultStore store, Duration age) implements Collector {

    @Override
    public String kind() {
        return "ended runs";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException {
        Found found = Found.NOTHING;
        for (Path run : Folders.numbered(folder)) {
            long number = Long.parseLong(run.getFileName().toString());
            boolean old = store.history()
                    .run(number)
                    .map(view -> view.run().endedAt())
                    .filter(ended -> ended.isBefore(now.minus(age)))
                    .isPresent();
            if (old) {
                found = found.and(Folders.size(run));
                if (!dryRun) {
                    Folders.delete(run);
                }
            }
        }
        return found;
    }
}
