package muster.orchestrator.upkeep;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import muster.orchestrator.home.Home;
import muster.reports.store.JdbiResultStore;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes a home from a {@link Backup}. */
public final class Restore {

    private static final JsonMapper JSON = new JsonMapper();

    /** An empty home has these already: a command that looks into it has written its log. */
    private static final List<String> HARMLESS = List.of("muster.log", "lock");

    private static final int MOST_ABOUT = 64 << 10;

    private Restore() {}

    /**
     * What came out of it.
     *
     * @param at when the backup was made, an ISO instant
     * @param files how many
     * @param database whether the database was in it
     */
    public record Restored(String at, int files, boolean database) {}

    /**
     * Unpacks one; where it fails the home holds what was unpacked until then.
     *
     * @throws IOException with a message for people when it is no backup, or the home is not empty
     */
    public static Restored into(Home home, Path file) throws IOException {
        checkEmpty(home);
        Path database = null;
        int count = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(new ZstdInputStream(in), "UTF-8")) {
            Backup.About about = about(file, tar);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = target(home, file, entry);
                Files.createDirectories(target.getParent());
                Files.copy(tar, target);
                Files.setPosixFilePermissions(
                        target,
                        PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-------" : "rwx------"));
                Files.setLastModifiedTime(target, entry.getLastModifiedTime());
                if (entry.getName().equals(Backup.DATABASE)) {
                    database = target;
                }
                count++;
            }
            if (about.database() != (database != null)) {
                throw new IOException("cannot restore " + file + ": its database is missing");
            }
            restoreDatabase(home, database);
            return new Restored(about.at(), count, about.database());
        }
    }

    private static void restoreDatabase(Home home, @Nullable Path copy) throws IOException {
        if (copy != null) {
            JdbiResultStore.restoreDatabase(copy, home.store());
            Files.delete(copy);
        }
    }

    private static void checkEmpty(Home home) throws IOException {
        try (Stream<Path> there = Files.list(home.folder())) {
            List<String> names = there.map(each -> each.getFileName().toString())
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                throw new IOException("cannot restore into " + home.folder() + ": it is not empty, there is "
                        + String.join(", ", names.subList(0, Math.min(5, names.size())))
                        + "; name an empty or new home with --home");
            }
        }
    }

    private static Backup.About about(Path file, TarArchiveInputStream tar) throws IOException {
        try {
            TarArchiveEntry first = tar.getNextEntry();
            if (first != null && first.getName().equals(Backup.ABOUT)) {
                Backup.About about = JSON.readValue(tar.readNBytes(MOST_ABOUT), Backup.About.class);
                if (about.format() == Backup.FORMAT) {
                    return about;
                }
                throw new IOException(
                        "cannot restore " + file + ": it is of format " + about.format() + ", and this program knows "
                                + Backup.FORMAT + "; use the Muster that wrote it, or a newer one");
            }
        } catch (JacksonException unreadable) {
            throw notOne(file, unreadable);
        } catch (IOException unreadable) {
            if (String.valueOf(unreadable.getMessage()).startsWith("cannot restore")) {
                throw unreadable;
            }
            throw notOne(file, unreadable);
        }
        throw notOne(file, null);
    }

    private static IOException notOne(Path file, @Nullable Exception cause) {
        return new IOException("cannot restore " + file + ": it was not written by 'muster backup'", cause);
    }

    /** Only plain files, and only below the home. */
    private static Path target(Home home, Path file, TarArchiveEntry entry) throws IOException {
        Path target = home.folder().resolve(entry.getName()).normalize();
        if (!entry.isFile()
                || entry.isSymbolicLink()
                || entry.isLink()
                || !target.startsWith(home.folder())
                || target.equals(home.folder())) {
            throw new IOException("cannot restore " + file + ": what it calls '" + entry.getName()
                    + "' is no plain file of a home; it was not written by 'muster backup'");
        }
        return target;
    }
}
