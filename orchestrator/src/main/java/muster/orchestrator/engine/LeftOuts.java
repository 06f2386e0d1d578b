package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.web.ScheduleLine.LeftOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Times at which a matrix was due and nothing was run of it: the last few of each, in a file of the home. Safe for many threads. */
final class LeftOuts {

    private static final Logger LOG = LoggerFactory.getLogger(LeftOuts.class);
    private static final JsonMapper JSON = new JsonMapper();
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
        Path fresh = Files.write(file.resolveSibling("left-out.json.part"), JSON.writeValueAsBytes(all));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Those of a matrix, the newest first. */
    synchronized List<LeftOut> of(String matrix, Instant now) throws IOException {
        return read().getOrDefault(matrix, List.of()).stream()
                .filter(time -> time.at().isAfter(now.minus(TOLD)))
                .toList();
    }

    private Map<String, List<LeftOut>> read() throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, List<LeftOut>>>() {});
        } catch (NoSuchFileException none) {
            return new TreeMap<>();
        } catch (JacksonException unreadable) {
            LOG.warn("what was left out is not told any more: cannot read {}", file, unreadable);
            return new TreeMap<>();
        }
    }
}
