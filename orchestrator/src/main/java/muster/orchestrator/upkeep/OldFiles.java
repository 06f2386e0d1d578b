package muster.orchestrator.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of a folder that were written long ago.
 *
 * @param name which of them, by their whole names
 */
public record OldFiles(String kind, Path folder, Pattern name, Duration age) implements Collector {

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException {
        Found found = Found.NOTHING;
        for (Path file : files()) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age))) {
                found = found.and(Files.size(file));
                if (!dryRun) {
                    Files.delete(file);
                }
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }
}
