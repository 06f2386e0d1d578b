package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When each distribution's packages were resolved last, and to what. */
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

    /** The inputs that a recipe was resolved to less than a day ago. */
    Optional<String> today(String distribution, String recipeDigest, String builder, Instant now) throws IOException {
        Path file = folder.resolve(distribution + ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Resolution last = Json.read(file, Resolution.class);
        boolean same =
                last.recipeDigest().equals(recipeDigest) && last.builder().equals(builder);
        boolean young = Duration.between(last.at(), now).abs().compareTo(DAY) < 0;
        return same && young ? Optional.of(last.inputs()) : Optional.empty();
    }

    void record(String distribution, Resolution resolution) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(distribution + ".json");
        Path part = folder.resolve(distribution + ".part");
        Json.write(part, resolution);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
