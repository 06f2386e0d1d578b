package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.Site;
import muster.reports.store.JdbiResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void whatChangesInARestIsWrittenAfterItAndAtTheEndAtOnce() throws Exception {
        Path index = folder.resolve("report/index.html");
        try (ResultStore store = JdbiResultStore.open(folder.resolve("store"), Clock.systemUTC())) {
            // The first writing of a process takes long, and the rest after it nine times as long.
            Site.export(
                    store.history(),
                    store.comparison(),
                    store.waivers(),
                    folder.resolve("other"),
                    Clock.systemUTC(),
                    ZoneOffset.UTC);
            ReportWriter writer = new ReportWriter(store, folder.resolve("report"), Clock.systemUTC(), ZoneOffset.UTC);
            begin(store, "first");
            writer.changed();
            await().atMost(LONG)
                    .until(() -> Files.exists(index) && Files.readString(index).contains("first"));
            begin(store, "second");
            writer.changed();
            await().atMost(LONG).until(() -> Files.readString(index).contains("second"));
            begin(store, "third");
            writer.changed();
            writer.close();
            assertThat(index).content().contains("first", "second", "third");
        }
    }

    private static void begin(ResultStore store, String matrix) {
        store.queue(new NewRun(
                matrix, "digest", Instant.now(), Map.of(), List.of(CellKey.parse("debian-12:sleep:short@uml"))));
    }
}
