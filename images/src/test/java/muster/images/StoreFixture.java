package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A store over a folder, with everything around it faked but the tools. */
final class StoreFixture {

    static final String DIGEST = "recipe-digest";

    final Path folder;
    final FakeSource source = new FakeSource();
    final HeardProgress heard = new HeardProgress();
    final MovedClock clock = new MovedClock();
    final ImageStore store;

    StoreFixture(Path folder) {
        this.folder = folder;
        this.store = new ImageStore(folder, Map.of(Recipe.Bootstrap.class, source), new Tools(), clock);
    }

    BaseImage obtain(Recipe recipe) throws ImageFailed, InterruptedException {
        return store.obtain(recipe, recipe.digest(), heard);
    }

    static Recipe recipe(String distribution, Recipe.Refresh refresh) {
        return new Recipe(
                distribution,
                "amd64",
                "for tests",
                new Recipe.Bootstrap(List.of(), true),
                List.of("base"),
                List.of(),
                null,
                1 << 20,
                List.of("uml"),
                refresh,
                List.of());
    }

    static Recipe daily() {
        return recipe("debian-12", Recipe.Refresh.DAILY);
    }

    /** The same with a kernel of its own. */
    static Recipe withKernel() {
        Recipe daily = daily();
        return new Recipe(
                daily.distribution(),
                daily.architecture(),
                daily.description(),
                daily.source(),
                daily.packages(),
                daily.added(),
                "linux-image",
                daily.diskBytes(),
                daily.drivers(),
                daily.refresh(),
                daily.harmlessConsole());
    }

    /** Everything in the store but published images, lock files and resolutions. */
    List<Path> leftovers() throws IOException {
        try (Stream<Path> work = Files.walk(folder.resolve(".work"))) {
            return work.filter(path -> !path.equals(folder.resolve(".work")))
                    .filter(path -> !path.endsWith("gate.lock"))
                    .toList();
        }
    }
}
