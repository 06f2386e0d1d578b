package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One try to make a recipe's base image as it is to be now.
 *
 * @param workFolder empty and of this try alone, on the file system of the images
 */
record ImageBuild(
        Recipe recipe, String recipeDigest, ImageSource source, Path workFolder, BuildProgress progress, Clock clock) {

    private static final int KEY_DIGITS = 12;

    /** Names what is built, for files: the distribution, and what stands for the packages added to it. */
    static String key(Recipe recipe) {
        return recipe.added().isEmpty()
                ? recipe.distribution()
                : recipe.distribution() + "-with-"
                        + Digests.ofTexts(recipe.added()).substring(0, KEY_DIGITS);
    }

    /** Resolves the packages, then finds the image made of exactly these, or builds it. */
    BaseImage obtain(ImageFolders images, Resolutions resolutions)
            throws IOException, ImageFailed, InterruptedException {
        progress.step("resolving packages");
        var at = clock.instant();
        String inputs = inputs(source.resolve(recipe, workFolder));
        Optional<BaseImage> found = images.byInputs(inputs);
        BaseImage image = found.isPresent() ? found.get() : build(images, inputs);
        resolutions.record(key(recipe), new Resolutions.Resolution(at, recipeDigest, source.version(), inputs));
        return image;
    }

    private String inputs(SortedMap<String, String> packages) {
        var texts = new ArrayList<>(List.of(recipeDigest, source.version()));
        packages.forEach((name, version) -> texts.add(name + "=" + version));
        return Digests.ofTexts(texts);
    }

    private BaseImage build(ImageFolders images, String inputs) throws IOException, ImageFailed, InterruptedException {
        ImageSource.Built built = buildOrKeepLog();
        progress.step("packing and computing digests");
        Path published = Files.createDirectory(workFolder.resolve("image"));
        Path disk = Files.move(workFolder.resolve("disk.raw"), published.resolve("disk.raw"));
        Path root = published.resolve("root.tar.zst");
        ImageFolders.compress(workFolder.resolve("root.tar"), root);
        Files.move(workFolder.resolve(ImageSource.LOG), published.resolve(ImageSource.LOG));
        var kernelDigests = new TreeMap<String, String>();
        if (built.kernel() != null) {
            for (String name : List.of(ImageSource.KERNEL, ImageSource.INITRD)) {
                Path file = Files.move(workFolder.resolve(name), published.resolve(name));
                kernelDigests.put(name, Digests.ofFile(file));
            }
        }
        return images.publish(
                published,
                new Manifest(
                        recipe.distribution(),
                        recipe.architecture(),
                        inputs,
                        recipeDigest,
                        source.version(),
                        built.packages(),
                        recipe.added(),
                        built.kernel(),
                        clock.instant(),
                        Files.size(disk),
                        Digests.ofFile(disk),
                        Digests.ofFile(root),
                        kernelDigests,
                        built.renews(),
                        null,
                        null));
    }

    private ImageSource.Built buildOrKeepLog() throws IOException, ImageFailed, InterruptedException {
        try {
            return source.build(recipe, workFolder, progress);
        } catch (SourceUnreachable e) {
            throw e;
        } catch (ImageFailed e) {
            Path log = workFolder.resolve(ImageSource.LOG);
            if (!Files.exists(log)) {
                throw e;
            }
            Path kept = workFolder.resolveSibling(key(recipe) + ".failed.log");
            Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
            throw new ImageFailed(e.getMessage() + "\nthe whole log: " + kept, e);
        }
    }
}
