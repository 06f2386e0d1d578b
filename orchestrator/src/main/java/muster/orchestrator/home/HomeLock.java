package muster.orchestrator.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Held by the one process that runs guests in a home. The kernel lets go of it when that process ends, however it ends.
 */
public final class HomeLock implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Those that this process holds: to open and close the file of one once more would let go of it, as POSIX has it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Home home;
    private final FileChannel channel;

    private HomeLock(Home home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Where and with which secret the holder of a home answers. */
    public record Door(long pid, int port, String token) {}

    /** Takes the lock, or returns empty when another process holds it, or this one does already. */
    public static Optional<HomeLock> take(Home home) throws IOException {
        if (!HELD.add(file(home))) {
            return Optional.empty();
        }
        FileLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new HomeLock(home, channel));
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file(home));
            }
        }
    }

    /** Tells every other process of this user where the holder answers. */
    public void announce(Door door) throws IOException {
        Path fresh = Files.createTempFile(
                home.folder(),
                ".api",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, JSON.writeValueAsBytes(door));
        Files.move(fresh, home.door(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the holder of this home answers; empty when nobody holds it. */
    public static Optional<Door> door(Home home) throws IOException {
        if (!Files.exists(home.lock()) || !Files.exists(home.door())) {
            return Optional.empty();
        }
        Optional<HomeLock> mine = take(home);
        if (mine.isPresent()) {
            mine.get().close();
            return Optional.empty();
        }
        return JsonFile.read(home.door(), Door.class);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.door());
        channel.close();
        HELD.remove(file(home));
    }

    private static Path file(Home home) {
        return home.lock().toAbsolutePath().normalize();
    }
}
