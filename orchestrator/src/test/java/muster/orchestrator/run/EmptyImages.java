package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BuildProgress;
import muster.images.ImageSource;
import muster.images.Recipe;

/** Makes images at once, with nothing in them but what it says: for guests that boot none. */
final class EmptyImages implements ImageSource {

    static final SortedMap<String, String> PACKAGES = new TreeMap<>(Map.of("base-files", "12.4", "dash", "0.5.12"));

    @Override
    public String version() {
        return "empty";
    }

    @Override
    public SortedMap<String, String> resolve(Recipe recipe, Path workFolder) {
        return PACKAGES;
    }

    @Override
    public Built build(Recipe recipe, Path workFolder, BuildProgress progress) {
        try {
            Files.writeString(workFolder.resolve("root.tar"), "root of " + recipe.distribution());
            Files.writeString(workFolder.resolve("disk.raw"), "disk of " + recipe.distribution());
            Files.writeString(workFolder.resolve(LOG), "built\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Built(PACKAGES, null, true);
    }

    @Override
    public void discard(Path workFolder) {}
}
