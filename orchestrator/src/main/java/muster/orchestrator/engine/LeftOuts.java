package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.web.ScheduleLine.LeftOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/** Times at which a matrix was due and nothing was run of it: the last few of each, in a file of the home. Safe for many threads. */
final class LeftOuts {

    private static final Logger LOG = LoggerFactory.getLogger(LeftOuts.class);
    private static final int KEPT = 5;

    /** What is longer ago is not told any more. */
    private static final Duration TOLD = Duration.ofDays(30);

    private final Path file;

    /** @param folder which need not be there yet */
    LeftOuts(Path folder) {
        this.file = folder.resolve("left-out.json");
    }

    synchronized void add(String matrix, LeftOut time) throws IOException {
        Map<String, List<LeftOut>> all = read();
        all.merge(
                matrix,
                List.of(time),
                (before, now) ->
                        Stream.concat(now.stream(), before.stream()).limit(KEPT).toList());
        Files.createDirectories(file.getParent());
        JsonFile.write(file, all);
    }

    /** Those of a matrix, the newest first. */
    synchronized List<LeftOut> of(String matrix, Instant now) throws IOException {
        return read().getOrDefault(matrix, List.of()).stream()
                .filter(time -> time.at().isAfter(now.minus(TOLD)))
                .toList();
    }

    private Map<String, List<LeftOut>> read() throws IOException {
        try {
            return JsonFile.read(file, new TypeReference<TreeMap<String, List<LeftOut>>>() {})
                    .orElseGet(TreeMap::new);
        } catch (JsonFile.Unreadable broken) {
            LOG.warn("what was left out is not told any more", broken);
            return new TreeMap<>();
        }
    }
}
