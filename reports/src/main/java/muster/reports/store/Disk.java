package muster.reports.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Has files written so that a cut of the power takes nothing of them. */
@FunctionalInterface
public interface Disk {

    /** The host's own. */
    Disk HOST = path -> {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    };

    /** What a file holds, or the names that a folder has, are on the disk when this returns (fsync(2)). */
    void force(Path fileOrFolder) throws IOException;

    /** Moves a finished file to its name, over whatever has that; both are on the disk when this returns. */
    default void settle(Path part, Path file) throws IOException {
        force(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
}
