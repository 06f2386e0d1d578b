package muster.orchestrator.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.KeptTexts;
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

    /** The file that grows while an attempt is under way; none where several shards have one each. */
    Optional<Path> place(CellStatus status, Transcript which, String shard) {
        Path folder = home.attempt(status.attempt().id());
        if (status.shards().isEmpty()) {
            return shard.isEmpty() ? Optional.of(which.file(folder)) : Optional.empty();
        }
        return status.shards().stream()
                .filter(each -> each.name().equals(shard))
                .findFirst()
                .map(each -> which.file(folder.resolve(each.name())));
    }

    InputStream open(CellStatus status, Transcript which, String shard) throws IOException {
        Attempt attempt = status.attempt();
        Optional<InputStream> live = KeptTexts.open(home.attempt(attempt.id()), status.shards(), which, shard);
        if (live.isPresent()) {
            return live.get();
        }
        List<Ending.KeptFile> files = store.history().files(attempt);
        return KeptTexts.open(store.history(), files, which, shard).orElse(InputStream.nullInputStream());
    }
}
