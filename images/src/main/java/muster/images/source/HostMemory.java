package muster.images.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The host's shared-memory folder as a place for short-lived trees. */
final class HostMemory {

    static final Path FOLDER = Path.of("/dev/shm");

    /** So much is left to everybody else. */
    private static final int SHARE = 4;

    private HostMemory() {}

    /** Whether programs can run in the folder, and a tree of so many bytes takes at most a quarter of the free memory. */
    static boolean hasRoomFor(long bytes) throws IOException {
        return Files.isWritable(FOLDER)
                && mountOptions().contains("rw")
                && !mountOptions().contains("noexec")
                && Files.getFileStore(FOLDER).getUsableSpace() > bytes
                && availableBytes() / SHARE > bytes;
    }

    /** See proc_pid_mounts(5); the folder has no options where it is no mount of its own. */
    private static List<String> mountOptions() throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts[1].equals(FOLDER.toString()) && parts[2].equals("tmpfs"))
                .flatMap(parts -> Arrays.stream(parts[3].split(",", -1)))
                .toList();
    }

    private static long availableBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
