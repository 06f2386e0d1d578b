package muster.images;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which images are worth keeping. Base images: those in use or named by the caller, and of each distribution
 * and the packages added to it the newest. Prepared images: those in use or named, and for each kept base image and suite the newest.
 */
final class Retention {

    private Retention() {}

    /**
     * The names to keep.
     *
     * @param newestFirst all images
     * @param held names of images in use or wanted by the caller
     */
    static Set<String> kept(List<BaseImage> newestFirst, Set<String> held) {
        Set<String> kept = newestFirst.stream()
                .map(BaseImage::name)
                .filter(held::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var seen = new HashSet<List<String>>();
        for (BaseImage image : newestFirst) {
            Manifest manifest = image.manifest();
            if (manifest.parent() == null
                    && seen.add(
                            List.of(manifest.distribution(), manifest.added().toString()))) {
                kept.add(image.name());
            }
        }
        for (BaseImage image : newestFirst) {
            String parent = image.manifest().parent();
            String suite = image.manifest().suite();
            if (parent != null && suite != null && kept.contains(parent) && seen.add(List.of(parent, suite))) {
                kept.add(image.name());
            }
        }
        return kept;
    }
}
