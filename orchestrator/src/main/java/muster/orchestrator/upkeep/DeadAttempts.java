package muster.orchestrator.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Kept;
import muster.reports.Attempt;
import muster.reports.ResultStore;

/** Clones, consoles and records of attempts that have ended, and whose guests nobody keeps: what a process left that was killed. */
public record DeadAttempts(Home home, ResultStore store, Boots boots) implements Collector {

    /** One that ends just now is still at it. */
    private static final Duration LEAST_AGE = Duration.ofHours(1);

    @Override
    public String kind() {
        return "left attempts";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException {
        Set<Long> alive = new HashSet<>();
        store.openAttempts().forEach(attempt -> alive.add(attempt.id()));
        for (Kept kept : Kept.list(home)) {
            alive.add(kept.attempt());
        }
        Found found = Found.NOTHING;
        for (Path folder : Folders.numbered(home.attempts())) {
            long id = Long.parseLong(folder.getFileName().toString());
            boolean old = Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(LEAST_AGE));
            Optional<Attempt> attempt = store.attempt(id);
            if (!alive.contains(id) && old && attempt.isPresent()) {
                found = found.and(Folders.size(folder));
                if (!dryRun) {
                    end(attempt.get().cell().driver(), folder);
                    Folders.delete(folder);
                }
            }
        }
        return found;
    }

    /** Also the guests of its shards, a folder each. */
    private void end(String driver, Path folder) throws IOException {
        boots.end(driver, folder);
        try (Stream<Path> inside = Files.list(folder)) {
            inside.filter(Files::isDirectory).forEach(part -> boots.end(driver, part));
        }
    }
}
