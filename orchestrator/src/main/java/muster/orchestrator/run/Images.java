package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import muster.images.BaseImage;
import muster.images.BuildProgress;
import muster.images.DiskClone;
import muster.images.ImageFailed;
import muster.images.ImageStore;
import muster.images.Recipe;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.testsuites.RunnerSettings;
import muster.testsuites.Suite;
import muster.testsuites.SuitePreparer;
import muster.testsuites.SuiteRefused;

/** Gets what a cell boots: its distribution's base image with the packages of its suite, or the one prepared from it for its suite. */
public final class Images {

    private static final Duration PREPARE = Duration.ofMinutes(30);
    private static final Duration POWER_OFF = Duration.ofMinutes(2);

    private final ImageStore store;
    private final SourceCache sources;
    private final Boots boots;
    private final Capacity capacity;
    private final Path preparing;
    private final Clock clock;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final Map<String, BaseImage> settled = new ConcurrentHashMap<>();
    private final Map<String, FarmFailed> failed = new ConcurrentHashMap<>();
    private final Semaphore builds;

    /**
     * @param builds how many base images are built at once
     * @param preparing where guests that prepare images keep their things, a folder each
     */
    public Images(
            ImageStore store,
            SourceCache sources,
            Boots boots,
            Capacity capacity,
            int builds,
            Path preparing,
            Clock clock) {
        this.store = store;
        this.sources = sources;
        this.boots = boots;
        this.capacity = capacity;
        this.builds = new Semaphore(builds, true);
        this.preparing = preparing;
        this.clock = clock;
    }

    /**
     * The image of an attempt: for one that is taken up the one that it had.
     *
     * @param folder the attempt's
     */
    BaseImage of(Cell cell, Path folder, Consumer<String> doing) throws FarmFailed, IOException, InterruptedException {
        String had = AttemptRecord.read(folder).image();
        if (had != null) {
            Optional<BaseImage> image = named(had);
            if (image.isPresent()) {
                return image.get();
            }
        }
        return of(cell, doing);
    }

    /** The very image that an attempt's record names, or a refusal that lasts. */
    BaseImage same(Path folder) throws FarmFailed, IOException {
        String had = AttemptRecord.read(folder).image();
        if (had == null) {
            throw new FarmFailed("cannot boot the image of an earlier attempt: it is not known").lasting();
        }
        return same(had);
    }

    /** An image that is at hand, by its name, or a refusal that lasts. */
    public BaseImage same(String name) throws FarmFailed {
        Optional<BaseImage> image = named(name);
        if (image.isEmpty()) {
            throw new FarmFailed("cannot boot the image " + name
                            + ": it is no longer at hand; run the cell anew with the image that there is today")
                    .lasting();
        }
        return image.get();
    }

    /**
     * The image of a cell, built and prepared where need be; the same for all cells of this process that ask for it.
     *
     * @param doing is told in a few words what takes time
     */
    public BaseImage of(Cell cell, Consumer<String> doing) throws FarmFailed, IOException, InterruptedException {
        BaseImage base = base(cell.recipe().with(cell.suite().packages(cell.variant())), doing);
        if (cell.suite().commands().prepare() == null) {
            return base;
        }
        return once(base.name() + " " + preparation(cell), doing, () -> prepared(base, cell, doing));
    }

    /** The image that a cell would likely boot now, where it is at hand: nothing is built or prepared for the answer. */
    public Optional<BaseImage> atHand(Cell cell) throws FarmFailed {
        Recipe recipe = cell.recipe().with(cell.suite().packages(cell.variant()));
        try {
            Optional<BaseImage> base = Optional.ofNullable(settled.get(recipe.title()));
            if (base.isEmpty()) {
                base = store.atHand(recipe, recipe.digest());
            }
            if (base.isEmpty() || cell.suite().commands().prepare() == null) {
                return base;
            }
            return store.atHand(base.get(), variant(cell), preparation(cell));
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** The clone of an image that an attempt boots, marked as used by the attempt's folder. */
    public DiskClone clone(BaseImage image, Path folder) throws FarmFailed, InterruptedException {
        try {
            return store.use(image, folder);
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** Marks the image of an attempt that has ended as used as long as the attempt's folder stays. */
    void markUsed(Path folder) throws FarmFailed, IOException {
        String name = AttemptRecord.read(folder).image();
        Optional<BaseImage> image = name == null ? Optional.empty() : named(name);
        try {
            if (image.isPresent()) {
                store.use(image.get(), folder);
            }
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<BaseImage> named(String name) throws FarmFailed {
        try {
            return store.list().stream()
                    .filter(image -> image.name().equals(name))
                    .findFirst();
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** The base image of a recipe, built where need be; the same for all cells of this process. */
    public BaseImage base(Recipe recipe, Consumer<String> doing) throws FarmFailed, IOException, InterruptedException {
        String distribution = recipe.distribution();
        return once(
                recipe.title(),
                doing,
                () -> buildInTurn(
                        recipe,
                        doing,
                        note -> notes.merge(distribution, note, (earlier, later) -> earlier + "; " + later)));
    }

    private BaseImage buildInTurn(Recipe recipe, Consumer<String> doing, Consumer<String> noting)
            throws FarmFailed, InterruptedException {
        capacity.awaitRoom(doing);
        if (!builds.tryAcquire()) {
            doing.accept("image " + recipe.title() + ": waiting for other images to be built");
            builds.acquire();
        }
        try {
            return build(store, recipe, doing, noting);
        } finally {
            builds.release();
        }
    }

    /**
     * The base image of a distribution as it is to be now.
     *
     * @param doing is told in a few words what takes time
     * @param noting is told what whoever reads results must know, e.g. that an older image is used
     */
    public static BaseImage build(ImageStore store, Recipe recipe, Consumer<String> doing, Consumer<String> noting)
            throws FarmFailed, InterruptedException {
        BuildProgress progress = new BuildProgress() {
            @Override
            public void step(String what) {
                doing.accept("image " + recipe.title() + ": " + what);
            }

            @Override
            public void note(String text) {
                noting.accept(text);
            }
        };
        try {
            return store.obtain(recipe, recipe.digest(), progress);
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    private BaseImage prepared(BaseImage base, Cell cell, Consumer<String> doing)
            throws FarmFailed, IOException, InterruptedException {
        try {
            return store.prepared(base, variant(cell), preparation(cell), disk -> prepare(base, disk, cell, doing));
        } catch (ImageFailed failed) {
            throw new FarmFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static String variant(Cell cell) {
        return cell.suite().name() + ":" + cell.variant().name();
    }

    private static String preparation(Cell cell) {
        return cell.suite().digest() + " for " + cell.suite().name() + ":"
                + cell.variant().name() + " on " + cell.key().driver();
    }

    /** What whoever reads results must know of a distribution's image, e.g. that an older one was used; or nothing. */
    String notes(String distribution) {
        return notes.getOrDefault(distribution, "");
    }

    private void prepare(BaseImage base, Path disk, Cell cell, Consumer<String> doing)
            throws FarmFailed, InterruptedException {
        try {
            prepareInGuest(base, disk, cell, doing);
        } catch (GuestEnded | SuiteRefused | IOException failed) {
            throw new FarmFailed(
                    "cannot prepare " + base.name() + " for " + cell.suite().name() + ": " + failed.getMessage(),
                    failed);
        }
    }

    private void prepareInGuest(BaseImage base, Path disk, Cell cell, Consumer<String> doing)
            throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        Suite suite = cell.suite();
        doing.accept("fetching the sources of " + suite.name());
        Map<String, Path> files = sources.fetch(suite.sources(cell.variant()));
        String label =
                base.name() + " for " + suite.name() + ":" + cell.variant().name();
        Files.createDirectories(preparing);
        Path folder = Files.createTempDirectory(preparing, "p");
        doing.accept("preparing " + label);
        Boots.Order order = new Boots.Order(
                label,
                cell.key().driver(),
                base,
                disk,
                true,
                cell.guest(),
                cell.limits().boot(),
                folder);
        Capacity.Need need = new Capacity.Need(label, cell.guest().memoryBytes(), 1, Double.POSITIVE_INFINITY);
        try (Capacity.Place _ = capacity.enter(need, why -> doing.accept(why + ", to prepare " + label));
                Booted guest = boots.boot(order)) {
            try {
                new SuitePreparer(guest.shell(), clock, RunnerSettings.DEFAULT)
                        .prepare(suite, cell.variant(), files, PREPARE, folder.resolve("prepare.log"));
                guest.powerOff(POWER_OFF);
            } catch (IOException cut) {
                throw new GuestEnded(guest.watch().end(label, cut));
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private BaseImage once(String what, Consumer<String> doing, Making making)
            throws FarmFailed, IOException, InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(what, key -> new ReentrantLock());
        if (!lock.tryLock()) {
            doing.accept("waiting for the image of " + what);
            lock.lockInterruptibly();
        }
        try {
            BaseImage image = settled.get(what);
            if (image != null) {
                return image;
            }
            FarmFailed failure = failed.get(what);
            if (failure != null) {
                throw failure;
            }
            try {
                image = making.make();
            } catch (FarmFailed failing) {
                FarmFailed lasting = failing.lasting();
                failed.put(what, lasting);
                throw lasting;
            }
            settled.put(what, image);
            return image;
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Making {
        BaseImage make() throws FarmFailed, IOException, InterruptedException;
    }
}
