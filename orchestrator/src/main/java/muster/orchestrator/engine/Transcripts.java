package muster.orchestrator.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.Attempt;
import muster.reports.Ending;
import muster.reports.ResultStore;

/** What attempts said: from their folders while they are under way, from the store afterwards. */
final class Transcripts {

    private final Home home;
    private final ResultStore store;

    Transcripts(Home home, ResultStore store) {
        this.home = home;
        this.store = store;
    }

    InputStream open(CellStatus status, Transcript which) throws IOException {
        Attempt attempt = status.attempt();
        Path live = which.file(home.attempt(attempt.id()));
        if (Files.exists(live)) {
            return Files.newInputStream(live);
        }
        Optional<Ending.KeptFile> kept = store.history().files(attempt).stream()
                .filter(file -> file.role().equals(which.word()))
                .findFirst();
        return kept.isPresent() ? store.history().open(kept.get()) : InputStream.nullInputStream();
    }
}
