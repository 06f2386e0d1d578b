package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the packages of each {@linkplain ImageBuild#key build} were resolved last, and to what. */
final class Resolutions {

    private static final Duration DAY = Duration.ofHours(24);

    private final Path folder;

    Resolutions(Path folder) {
        this.folder = folder;
    }

    /**
     * One answer of a source.
     *
     * @param at when it was given
     * @param recipeDigest what was asked
     * @param builder version of who asked
     * @param inputs digest of recipe, builder and answer
     */
    record Resolution(Instant at, String recipeDigest, String builder, String inputs) {}

    /** The inputs that a build was resolved to less than a day ago. */
    Optional<String> today(String build, String recipeDigest, String builder, Instant now) throws IOException {
        Path file = folder.resolve(build + ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Resolution last = Json.read(file, Resolution.class);
        boolean same =
                last.recipeDigest().equals(recipeDigest) && last.builder().equals(builder);
        boolean young = Duration.between(last.at(), now).abs().compareTo(DAY) < 0;
        return same && young ? Optional.of(last.inputs()) : Optional.empty();
    }

    void record(String build, Resolution resolution) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(build + ".json");
        Path part = folder.resolve(build + ".part");
        Json.write(part, resolution);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
