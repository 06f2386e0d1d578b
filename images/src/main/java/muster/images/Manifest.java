package muster.images;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param kernel version of the distribution's own kernel, or null where the driver brings its own
 * @param builtAt when it was built
 * @param diskBytes size of the disk in bytes
 * @param diskDigest SHA-256 of the disk, in hex: by this an image is named
 * @param rootDigest SHA-256 of the root archive, or null for a prepared image, which has none
 * @param kernelDigests SHA-256 of {@code vmlinuz} and {@code initrd.img} by these names; empty without a kernel
 * @param renews whether its guests can take another identity while they run; null in manifests of earlier versions
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
        SortedMap<String, String> kernelDigests,
        @Nullable Boolean renews,
        @Nullable String parent,
        @Nullable String suite) {

    /** Manifests of earlier versions name neither additions nor files of a kernel. */
    public Manifest {
        added = Objects.requireNonNullElse(added, List.of());
        kernelDigests = Objects.requireNonNullElse(kernelDigests, new TreeMap<>());
    }
}
