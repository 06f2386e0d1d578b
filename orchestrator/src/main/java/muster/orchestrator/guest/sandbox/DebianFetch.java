package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;

/**
 * Fetches programs or kernels that are better not the host's into a folder of their own; nothing of the host is changed.
 * Kept for later runs, whole or not at all, by one process at a time.
 *
 * @param folder where it is kept
 * @param wanted what is fetched
 * @param release from where
 * @param mirrors where that is on this host
 */
public record DebianFetch(Path folder, Wanted wanted, Release release, Mirrors mirrors) {

    /**
     * What is fetched.
     *
     * @param title said in messages
     * @param packages what they depend on comes along
     * @param trim a shell command that deletes what is of no use, below {@code $1}
     */
    public record Wanted(String title, List<String> packages, String trim) {}

    /** A release of Debian, and its archive's upstream address. */
    public record Release(String suite, String archive) {}

    /** What was fetched: a system's root, and package to version. */
    public record Fetched(Path root, SortedMap<String, String> packages) {}

    private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();
    private static final String PACKAGES = "packages.txt";
    private static final String UNFINISHED = ".fetching-";
    /** NAME_VERSION_ARCHITECTURE.deb, a version's colon written %3a. */
    private static final Pattern ARCHIVE = Pattern.compile("([^_]+)_([^_]+)_[^_]+\\.deb");
    /** What was fetched earlier, or is now. */
    public Fetched fetch() throws FarmFailed, InterruptedException {
        Path target = folder.resolve(release.suite());
        WITHIN_THIS_PROCESS.lockInterruptibly();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (!Files.isDirectory(target)) {
                    removeUnfinished();
                    fetchTo(target);
                }
                return new Fetched(target, packages(target.resolve(PACKAGES)));
            }
        } catch (FileLockInterruptionException e) {
            throw new InterruptedException(e.toString());
        } catch (IOException e) {
            throw new FarmFailed("cannot fetch " + wanted.title() + " into " + folder + ": " + e.getMessage(), e);
        } finally {
            WITHIN_THIS_PROCESS.unlock();
        }
    }

    private void fetchTo(Path target) throws IOException, FarmFailed, InterruptedException {
        Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
        boolean done = false;
        try {
            Path log = folder.resolve("fetch.log");
            Process process = new ProcessBuilder(command(unfinished))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                if (process.waitFor() != 0) {
                    throw new FarmFailed("cannot fetch " + wanted.title() + " from " + archive() + ", "
                            + release.suite() + ": mmdebstrap failed (see " + log + "): " + ConsoleTail.of(log));
                }
            } finally {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .toList()
                        .forEach(ProcessHandle::destroyForcibly);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Folders.delete(unfinished);
            }
        }
    }

    private List<String> command(Path to) {
        List<String> command = new ArrayList<>(List.of("mmdebstrap", "--mode=chrootless", "--variant=extract"));
        command.addAll(List.of("--architectures=amd64", "--include=" + String.join(",", wanted.packages())));
        if (!mirrors.checkValidUntil()) {
            command.add("--aptopt=Acquire::Check-Valid-Until \"false\"");
        }
        command.add("--extract-hook=ls \"$1/var/cache/apt/archives\" >\"$1/" + PACKAGES + "\" && " + wanted.trim());
        command.addAll(List.of(release.suite(), to.toString(), archive()));
        return command;
    }

    private String archive() {
        return mirrors.uri(release.archive());
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
            for (Path path : left) {
                Folders.delete(path);
            }
        }
    }

    /** Reads the archives' names, one a line. */
    static SortedMap<String, String> packages(Path list) throws IOException {
        SortedMap<String, String> packages = new TreeMap<>();
        for (String line : Files.readAllLines(list)) {
            Matcher archive = ARCHIVE.matcher(line);
            if (archive.matches()) {
                packages.put(archive.group(1), archive.group(2).replace("%3a", ":"));
            }
        }
        return packages;
    }
}
