package muster.orchestrator.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import muster.orchestrator.guest.sandbox.Leftovers;
import muster.orchestrator.home.Folders;

/**
 * Systems that drivers fetched for themselves from a release that the farm's files no longer name, and that no guest runs from.
 *
 * @param folder a folder for each driver, with one in it for each release
 * @param named the releases that are named, by {@code DRIVER/RELEASE}
 */
public record UnusedRuntimes(Path folder, Set<String> named) implements Collector {

    /** Only what was fetched as a whole has it. */
    private static final String WHOLE = "packages.txt";

    @Override
    public String kind() {
        return "runtimes";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException {
        Found found = Found.NOTHING;
        for (Path runtime : runtimes()) {
            if (!named.contains(folder.relativize(runtime).toString()) && !Leftovers.isShown(runtime)) {
                found = found.and(Folders.size(runtime));
                if (!dryRun) {
                    Folders.delete(runtime);
                }
            }
        }
        return found;
    }

    private List<Path> runtimes() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(each -> Files.exists(each.resolve(WHOLE))).toList();
        }
    }
}
