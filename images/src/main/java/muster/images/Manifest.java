package muster.images;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a base image holds and what it was made from; lies beside the disk as {@code manifest.json}.
 *
 * @param distribution the distribution's name
 * @param architecture Debian's word for the machine
 * @param inputs digest of all that went in (recipe, builder version, resolved package versions; for a prepared image
 *     its parent and the suite's preparation): by this an image is looked up
 * @param recipeDigest digest of the recipe alone
 * @param builder version of the code that built it
 * @param packages name to version of every installed package
 * @param added the packages that were asked for besides the recipe's, see {@link Recipe#with}
 * @param kernel the kernel inside the image, or null where the driver brings its own
 * @param builtAt when it was built
 * @param diskBytes size of the disk in bytes
 * @param diskDigest SHA-256 of the disk, in hex: by this an image is named
 * @param rootDigest SHA-256 of the root archive, or null for a prepared image, which has none
 * @param parent name of the base image that a prepared image was made from, or null
 * @param suite the suite that a prepared image was made for, or null
 */
public record Manifest(
        String distribution,
        String architecture,
        String inputs,
        String recipeDigest,
        String builder,
        SortedMap<String, String> packages,
        List<String> added,
        @Nullable String kernel,
        Instant builtAt,
        long diskBytes,
        String diskDigest,
        @Nullable String rootDigest,
        @Nullable String parent,
        @Nullable String suite) {

    /** Manifests of earlier versions name no additions. */
    public Manifest {
        added = Objects.requireNonNullElse(added, List.of());
    }
}
