package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All images of one home. An image is looked up by what went in and named by what came out; once published it never
 * changes. Safe for many threads and many processes at once: whoever wants an image that somebody else is making waits for
 * it, different images are made side by side, and a build that dies leaves nothing that can be seen.
 */
public final class ImageStore {

    private final Path folder;
    private final Map<Class<? extends Recipe.Source>, ImageSource> sources;
    private final Tools tools;
    private final Clock clock;
    private final ImageFolders images;
    private final WorkFolders work;
    private final Resolutions resolutions;

    /**
     * @param folder the home's folder of images, made where missing
     * @param sources every kind of source, as {@code ImageSources} lists them
     */
    public ImageStore(Path folder, Map<Class<? extends Recipe.Source>, ImageSource> sources, Tools tools, Clock clock) {
        this.folder = folder.toAbsolutePath();
        this.sources = Map.copyOf(sources);
        this.tools = tools;
        this.clock = clock;
        this.images = new ImageFolders(this.folder);
        this.work = new WorkFolders(this.folder.resolve(".work"), List.copyOf(sources.values()));
        this.resolutions = new Resolutions(this.folder.resolve(".resolved"));
    }

    /** An image that was removed, or would be, and the bytes that it occupies. */
    public record Removed(String name, long bytes) {}

    /**
     * The base image of a recipe as it is to be now: found, or built. How often its packages are resolved is the recipe's
     * {@code refresh}; {@code each-run} means at each call. Where the source cannot be reached, the newest image of the same
     * recipe is used and a note says so.
     *
     * @param recipeDigest digest of the recipe's text
     */
    public BaseImage obtain(Recipe recipe, String recipeDigest, BuildProgress progress)
            throws ImageFailed, InterruptedException {
        ImageSource source = source(recipe);
        try (var _ = lock("build-" + ImageBuild.key(recipe), () -> progress.step("waiting for another build of it"))) {
            Optional<BaseImage> fresh = fresh(recipe, recipeDigest, source);
            if (fresh.isPresent()) {
                return fresh.get();
            }
            try (var workFolder = work.create()) {
                var build = new ImageBuild(recipe, recipeDigest, source, workFolder.path(), progress, clock);
                return build.obtain(images, resolutions);
            } catch (SourceUnreachable e) {
                BaseImage last = newest(recipeDigest, source.version())
                        .orElseThrow(() -> new ImageFailed(
                                e.getMessage() + "\nand there is no earlier image of it to use instead", e));
                progress.note("image " + last.name() + " of " + last.manifest().builtAt()
                        + " is used, as newer packages could not be looked for: " + e.getMessage());
                return last;
            }
        } catch (IOException e) {
            throw failed("obtain an image of " + recipe.distribution(), e);
        }
    }

    /**
     * A base image plus what a suite needs: found by base, suite and preparation, or made by changing a copy of the disk.
     *
     * @param preparationDigest digest of all that the preparation consists of
     */
    public <E extends Exception> BaseImage prepared(
            BaseImage base, String suite, String preparationDigest, Preparer<E> preparer)
            throws E, ImageFailed, InterruptedException {
        String inputs = inputs(base, suite, preparationDigest);
        String purpose = "prepare " + base.name() + " for suite " + suite;
        try (var _ = lock("prepare-" + base.name() + "-" + suite, () -> {})) {
            Optional<BaseImage> found = images.byInputs(inputs);
            if (found.isPresent()) {
                return found.get();
            }
            try (var workFolder = work.create();
                    var _ = use(base, workFolder.path())) {
                Path published = Files.createDirectory(workFolder.path().resolve("image"));
                Path disk = published.resolve("disk.raw");
                Path log = published.resolve(ImageSource.LOG);
                tools.runOrFail(purpose, call(log, "cp", "--reflink=auto", "--sparse=always", base.disk(), disk));
                Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rw-------"));
                preparer.prepare(disk);
                tools.runOrFail(purpose + ": its file system is not clean", call(log, "e2fsck", "-f", "-n", disk));
                for (String name : base.manifest().kernelDigests().keySet()) {
                    Files.createLink(published.resolve(name), base.folder().resolve(name));
                }
                return images.publish(published, preparedManifest(base, suite, inputs, disk));
            }
        } catch (IOException e) {
            throw failed(purpose, e);
        }
    }

    /** The newest base image of a recipe that is at hand, whatever its age: nothing is built or looked for. */
    public Optional<BaseImage> atHand(Recipe recipe, String recipeDigest) throws ImageFailed {
        try {
            return newest(recipeDigest, source(recipe).version());
        } catch (IOException e) {
            throw failed("look for an image of " + recipe.distribution(), e);
        }
    }

    /** The same of what {@link #prepared} makes of it. */
    public Optional<BaseImage> atHand(BaseImage base, String suite, String preparationDigest) throws ImageFailed {
        try {
            return images.byInputs(inputs(base, suite, preparationDigest));
        } catch (IOException e) {
            throw failed("look for an image of " + base.name() + " for suite " + suite, e);
        }
    }

    private static String inputs(BaseImage base, String suite, String preparationDigest) {
        return Digests.ofTexts(List.of("prepared", base.name(), suite, preparationDigest));
    }

    /**
     * Keeps an image for a guest.
     *
     * @param user the guest's folder; the image is kept until the result is closed or that folder is gone
     */
    public DiskClone use(BaseImage image, Path user) throws ImageFailed, InterruptedException {
        try (var _ = lock("images", () -> {})) {
            if (!Files.isDirectory(image.folder())) {
                throw new ImageFailed("cannot use image " + image.name() + ": it was removed meanwhile; run again");
            }
            return ImageUses.mark(image, user);
        } catch (IOException e) {
            throw failed("use image " + image.name(), e);
        }
    }

    /** All images, the newest first. */
    public List<BaseImage> list() throws ImageFailed {
        try {
            return images.list();
        } catch (IOException e) {
            throw failed("list images", e);
        }
    }

    /** Reads an image whole. The result says in sentences what differs from its manifest; it is empty where nothing does. */
    public List<String> verify(BaseImage image) throws ImageFailed {
        try {
            return ImageFolders.verify(image);
        } catch (IOException e) {
            throw failed("verify image " + image.name(), e);
        }
    }

    /**
     * Removes images that nobody needs, and what dead builds left. Kept are: images in use; those named; of each
     * distribution the newest base image; for each kept base image and suite the newest prepared one.
     *
     * @param keepNames names of images to keep whatever they are
     * @param dryRun whether to leave everything as it is
     * @return what was removed, or would be
     */
    public List<Removed> gc(Set<String> keepNames, boolean dryRun) throws ImageFailed, InterruptedException {
        try (var workFolder = work.create();
                var _ = lock("images", () -> {})) {
            List<BaseImage> all = images.list();
            var held = new HashSet<>(keepNames);
            for (BaseImage image : all) {
                if (ImageUses.inUse(image)) {
                    held.add(image.name());
                }
            }
            Set<String> kept = Retention.kept(all, held);
            var removed = new ArrayList<Removed>();
            for (BaseImage image : all) {
                if (!kept.contains(image.name())) {
                    removed.add(new Removed(image.name(), occupied(image, workFolder.path())));
                    if (!dryRun) {
                        Files.move(
                                image.folder(),
                                workFolder.path().resolve(image.name()),
                                StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
            return List.copyOf(removed);
        } catch (IOException e) {
            throw failed("remove images", e);
        }
    }

    private Optional<BaseImage> fresh(Recipe recipe, String recipeDigest, ImageSource source) throws IOException {
        return switch (recipe.refresh()) {
            case PINNED -> newest(recipeDigest, source.version());
            case EACH_RUN -> Optional.empty();
            case DAILY -> {
                Optional<String> inputs =
                        resolutions.today(ImageBuild.key(recipe), recipeDigest, source.version(), clock.instant());
                yield inputs.isPresent() ? images.byInputs(inputs.get()) : Optional.empty();
            }
        };
    }

    /** Images of a recipe in its present wording, made by the present builder. */
    private Optional<BaseImage> newest(String recipeDigest, String builder) throws IOException {
        return images.list().stream()
                .filter(image -> image.manifest().parent() == null
                        && image.manifest().recipeDigest().equals(recipeDigest)
                        && image.manifest().builder().equals(builder))
                .findFirst();
    }

    private ImageSource source(Recipe recipe) {
        return Objects.requireNonNull(
                sources.get(recipe.source().getClass()), () -> "no image source for " + recipe.source());
    }

    private Manifest preparedManifest(BaseImage base, String suite, String inputs, Path disk) throws IOException {
        Manifest of = base.manifest();
        return new Manifest(
                of.distribution(),
                of.architecture(),
                inputs,
                of.recipeDigest(),
                of.builder(),
                of.packages(),
                of.added(),
                of.kernel(),
                clock.instant(),
                Files.size(disk),
                Digests.ofFile(disk),
                null,
                of.kernelDigests(),
                of.renews(),
                base.name(),
                suite);
    }

    private long occupied(BaseImage image, Path workFolder) throws IOException, ImageFailed, InterruptedException {
        Path output = workFolder.resolve(image.name() + ".du");
        tools.runOrFail("measure " + image.name(), call(output, "du", "-s", "-B1", image.folder()));
        return Long.parseLong(Files.readString(output).split("\\s", 2)[0]);
    }

    private Tools.Call call(Path log, Object... words) {
        return new Tools.Call(Arrays.stream(words).map(Object::toString).toList(), folder, log);
    }

    private FileLocks.Held lock(String name, Runnable waiting) throws IOException, InterruptedException {
        Path locks = Files.createDirectories(folder.resolve(".locks"));
        return FileLocks.acquire(locks.resolve(name), waiting);
    }

    private static ImageFailed failed(String purpose, IOException e) {
        return new ImageFailed("cannot " + purpose + ": " + e, e);
    }
}
