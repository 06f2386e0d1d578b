package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes tiny but real file systems, of whatever packages it is told that there are. */
final class FakeSource implements ImageSource {

    final SortedMap<String, String> packages = new TreeMap<>(Map.of("base", "1"));
    final AtomicInteger resolutions = new AtomicInteger();
    final AtomicInteger builds = new AtomicInteger();
    volatile boolean reachable = true;
    volatile String version = "fake-1";

    /** Done in the middle of a build, when its files are half there. */
    volatile Midway midway = () -> {};

    interface Midway {
        void go() throws ImageFailed, InterruptedException;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public SortedMap<String, String> resolve(Recipe recipe, Path workFolder) throws ImageFailed {
        resolutions.incrementAndGet();
        if (!reachable) {
            throw new SourceUnreachable("cannot reach the archive");
        }
        return new TreeMap<>(packages);
    }

    @Override
    public Built build(Recipe recipe, Path workFolder, BuildProgress progress)
            throws ImageFailed, InterruptedException {
        progress.step("building");
        Path log = workFolder.resolve(LOG);
        try {
            Files.writeString(log, "half\n");
            Files.writeString(workFolder.resolve("root.tar"), "root of " + recipe.distribution() + packages);
            if (recipe.kernel() != null) {
                Files.writeString(workFolder.resolve(KERNEL), "kernel");
                Files.writeString(workFolder.resolve(INITRD), "modules");
            }
            midway.go();
            new Tools()
                    .runOrFail(
                            "make a disk",
                            new Tools.Call(List.of("mke2fs", "-q", "-t", "ext4", "disk.raw", "1M"), workFolder, log));
        } catch (IOException e) {
            throw new ImageFailed("cannot write", e);
        }
        builds.incrementAndGet();
        return new Built(new TreeMap<>(packages), recipe.kernel() == null ? null : "6.1", true);
    }

    @Override
    public void discard(Path workFolder) {}
}
