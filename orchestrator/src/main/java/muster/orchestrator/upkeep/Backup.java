package muster.orchestrator.upkeep;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.BackupAnswer;
import muster.reports.ResultStore;
import muster.reports.store.Disk;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is needed to have a farm again elsewhere, in one file: a tar archive, compressed by zstd. It is consistent though
 * runs go on meanwhile: the database is copied as it is in one moment, then the files that it speaks of, which are written
 * before it does and only removed by {@link Tidying}. What a run needs until it ends is read before that moment and after it, for
 * it goes when the run ends; what people are to be told is read after it, for it is kept before the store knows of an end, and
 * who takes up a restored home forgets what the store knows nothing of. What can be made again is not in it: images, templates, sources, the report.
 */
public final class Backup {

    /** The first entry; says what the others are. */
    static final String ABOUT = "backup.json";

    static final int FORMAT = 1;
    static final String DATABASE = "store/database.zip";

    /** What of a home a person wrote, or made by hand, and what runs that have not ended need. */
    private static final List<String> SETTINGS = List.of(
            "farm.yaml",
            "keys",
            "recipes",
            "suites",
            "matrices",
            "waivers",
            "expectations",
            "matrices-of-runs",
            "timetable");

    /** In this order: what waits may be told meanwhile, and is then not to be told again. */
    private static final List<String> NOTICES = List.of("waiting", "told");

    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Home home;
    private final ResultStore store;
    private final Runnable settled;
    private final Clock clock;

    /** @param settled returns once every run that the store knows at its call has its folder */
    public Backup(Home home, ResultStore store, Runnable settled, Clock clock) {
        this.home = home;
        this.store = store;
        this.settled = settled;
        this.clock = clock;
    }

    /**
     * What a backup says of itself.
     *
     * @param format by which number it was written
     * @param at when
     * @param database whether the database is in it
     */
    record About(int format, String at, boolean database) {}

    /**
     * Writes one; nobody may remove kept files meanwhile.
     *
     * @throws IllegalArgumentException with a message for people where the file cannot be made
     */
    public BackupAnswer write(Path file) throws IOException {
        check(file);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Path database = Files.createTempFile(home.folder(), "database", ".zip");
        try {
            SortedMap<Path, byte[]> kept = new TreeMap<>();
            keep(files(home.runs()), kept);
            Files.delete(database);
            boolean copied = store.copyDatabase(database);
            settled.run();
            keep(files(home.runs()), kept);
            keepNotices(kept);
            int files = write(part, copied ? database : null, kept);
            Disk.HOST.settle(part, file);
            return new BackupAnswer(file.toString(), Files.size(file), files, notes(copied));
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(database);
        }
    }

    private static void keep(List<Path> files, SortedMap<Path, byte[]> into) throws IOException {
        for (Path file : files) {
            try {
                into.put(file, Files.readAllBytes(file));
            } catch (NoSuchFileException gone) {
                LOG.debug("{} is not needed any more", file);
            }
        }
    }

    private void keepNotices(SortedMap<Path, byte[]> into) throws IOException {
        if (!Files.isDirectory(home.notices())) {
            return;
        }
        List<Path> channels;
        try (Stream<Path> folders = Files.list(home.notices())) {
            channels = folders.sorted().toList();
        }
        for (Path channel : channels) {
            for (String state : NOTICES) {
                keep(files(channel.resolve(state)), into);
            }
            into.keySet()
                    .removeIf(file -> file.startsWith(channel.resolve(NOTICES.getFirst()))
                            && into.containsKey(
                                    channel.resolve(NOTICES.getLast()).resolve(file.getFileName())));
        }
    }

    private static void check(Path file) throws IOException {
        if (!file.isAbsolute() || file.getFileName() == null) {
            throw new IllegalArgumentException("cannot back up to '" + file + "': expected an absolute path");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException("cannot back up to " + file + ": it is there already; name a new file");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException("cannot back up to " + file + ": " + folder
                    + " is no folder in which the user " + System.getProperty("user.name") + " may write");
        }
    }

    private int write(Path part, @Nullable Path database, SortedMap<Path, byte[]> kept) throws IOException {
        int[] count = {0};
        try (FileChannel channel = FileChannel.open(
                        part,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                ZstdOutputStream packed = new ZstdOutputStream(out);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            packed.setChecksum(true);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            about(tar, new About(FORMAT, clock.instant().toString(), database != null));
            for (String name : SETTINGS) {
                count[0] += add(tar, files(home.folder().resolve(name)));
            }
            for (Map.Entry<Path, byte[]> each : kept.entrySet()) {
                add(tar, home.folder().relativize(each.getKey()).toString(), each.getValue());
                count[0]++;
            }
            if (database != null) {
                add(tar, DATABASE, database);
                count[0]++;
            }
            count[0] += add(tar, files(home.store().resolve("files")));
            tar.finish();
            packed.flush();
            out.flush();
        }
        return count[0];
    }

    private static void about(TarArchiveOutputStream tar, About about) throws IOException {
        add(tar, ABOUT, JSON.writeValueAsBytes(about));
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(0600);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private int add(TarArchiveOutputStream tar, Iterable<Path> files) throws IOException {
        int count = 0;
        for (Path file : files) {
            if (add(tar, home.folder().relativize(file).toString(), file)) {
                count++;
            }
        }
        return count;
    }

    /** Says false where it went meanwhile, as what belongs to a run does that ends. */
    private static boolean add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(size);
            entry.setModTime(Files.getLastModifiedTime(file));
            entry.setMode(Files.isExecutable(file) ? 0700 : 0600);
            tar.putArchiveEntry(entry);
            WritableByteChannel into = Channels.newChannel(tar);
            for (long at = 0; at < size; ) {
                at += channel.transferTo(at, size - at, into);
            }
            tar.closeArchiveEntry();
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** A file, or all in a folder, sorted; half-written ones are left out, and so is what goes while it is looked at. */
    private static List<Path> files(Path place) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.getFileName().toString().endsWith(".part")) {
                    all.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
        all.sort(null);
        return all;
    }

    private static List<String> notes(boolean database) {
        List<String> notes = new ArrayList<>();
        if (!database) {
            notes.add(
                    "the database is not in it, for it is a PostgreSQL's: run pg_dump for that, and this afterwards, so"
                            + " that every file that the database names is in it");
        }
        notes.add(
                "images, templates and sources are not in it, for they are made again, nor are files elsewhere that farm.yaml"
                        + " names, such as passwords");
        return notes;
    }
}
