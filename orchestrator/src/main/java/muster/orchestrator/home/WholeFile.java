package muster.orchestrator.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are written anew, whole: who reads one meanwhile, or after a crash, finds what it held before. */
public final class WholeFile {

    private WholeFile() {}

    /** Writes a file; its folder is there, and one writes to it at a time. */
    public static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
