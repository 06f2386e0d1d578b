package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hidden folders in which images are made. Each has a lock beside it, held while it is worked in; one whose lock is free
 * belongs to a build that died, and is removed.
 */
final class WorkFolders {

    private static final String LOCK = ".lock";

    private final Path parent;
    private final Path gate;
    private final List<ImageSource> sources;

    /** @param sources asked to remove what their dead builds left elsewhere */
    WorkFolders(Path parent, List<ImageSource> sources) {
        this.parent = parent;
        this.gate = parent.resolve("gate" + LOCK);
        this.sources = List.copyOf(sources);
    }

    /** A work folder of the caller's own, gone when it is closed. */
    record WorkFolder(Path path, Path lockFile, FileLocks.Held held) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                deleteTree(path);
                Files.deleteIfExists(lockFile);
            } finally {
                held.close();
            }
        }
    }

    /** Makes a folder, after removing those of dead builds. */
    WorkFolder create() throws IOException, ImageFailed, InterruptedException {
        Files.createDirectories(parent);
        try (var _ = FileLocks.acquire(gate, () -> {})) {
            sweep();
            Path folder = Files.createTempDirectory(parent, "");
            Path lockFile = lockOf(folder);
            return new WorkFolder(
                    folder, lockFile, FileLocks.tryAcquire(lockFile).orElseThrow());
        }
    }

    private void sweep() throws IOException, ImageFailed, InterruptedException {
        for (Path folder : folders()) {
            Path lockFile = lockOf(folder);
            var lock = FileLocks.tryAcquire(lockFile);
            if (lock.isPresent()) {
                try (var _ = lock.get()) {
                    for (ImageSource source : sources) {
                        source.discard(folder);
                    }
                    deleteTree(folder);
                    Files.deleteIfExists(lockFile);
                }
            }
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** Removes a folder and all in it, following no links; one that is not there is no error. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        var paths = new ArrayList<Path>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.forEach(paths::add);
        }
        for (Path path : paths.reversed()) {
            Files.delete(path);
        }
    }
}
