package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BuildProgress;
import muster.images.ImageFailed;
import muster.images.ImageSource;
import muster.images.Recipe;

/** Images with nothing in them, for guests that are played. */
final class NoImages implements ImageSource {

    private static final long DISK_BYTES = 1 << 20;

    @Override
    public String version() {
        return "nothing";
    }

    @Override
    public SortedMap<String, String> resolve(Recipe recipe, Path workFolder) {
        return new TreeMap<>(Map.of("nothing", "1"));
    }

    @Override
    public Built build(Recipe recipe, Path workFolder, BuildProgress progress) throws ImageFailed {
        try (RandomAccessFile disk =
                new RandomAccessFile(workFolder.resolve("disk.raw").toFile(), "rw")) {
            disk.setLength(DISK_BYTES);
            Files.createFile(workFolder.resolve("root.tar"));
            Files.writeString(workFolder.resolve(LOG), "made of nothing\n");
        } catch (IOException e) {
            throw new ImageFailed("cannot make an image of nothing: " + e.getMessage(), e);
        }
        return new Built(resolve(recipe, workFolder), null, true);
    }

    @Override
    public void discard(Path workFolder) {
        // it leaves nothing elsewhere
    }
}
