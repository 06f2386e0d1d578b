package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a container outlives its last process, for a moment or until it is removed: its cgroups, and the loop devices of
 * what it alone may write. Its mounts end with it, and the loop devices with them.
 *
 * @param cgroups its own
 * @param written its folder, and the disk that it writes itself if there is one
 */
record Traces(Cgroups cgroups, List<Path> written) {

    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final String DISK = "disk";

    /** Those of the container of a folder, which has not been thrown away yet. */
    static Traces of(SandboxFolder folder) throws IOException {
        List<Path> written = new ArrayList<>(List.of(folder.path()));
        Path link = link(folder);
        if (Files.isSymbolicLink(link)) {
            written.add(Files.readSymbolicLink(link));
        }
        return new Traces(Cgroups.here(Identity.of(folder.path()).name()), written);
    }

    /** Notes which disk the container writes, for whoever looks for its traces. */
    static void note(SandboxFolder folder, Path disk) throws IOException {
        Files.createSymbolicLink(link(folder), disk);
    }

    private static Path link(SandboxFolder folder) {
        return folder.box().resolve(DISK);
    }

    /** Removes them, or waits until they are gone; all processes have ended. */
    void remove() {
        if (!cgroups.remove()) {
            LOG.error("cannot remove cgroups: {}", cgroups.left());
        }
        if (!Deadline.in(LIMIT).awaitUninterruptibly(PAUSE, () -> loops().isEmpty())) {
            LOG.error("cannot get rid of loop devices: {}", loops());
        }
    }

    /** The loop devices that still show something of it, as the kernel knows them. */
    List<Path> loops() {
        return loops(file -> written.stream().anyMatch(file::startsWith));
    }

    private static List<Path> loops(Predicate<Path> shown) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                if (shown.test(file(device))) {
                    found.add(device);
                }
            }
        } catch (IOException noBlockDevices) {
            return found;
        }
        return found;
    }

    /** A deleted file has a word after its name. */
    private static Path file(Path device) {
        try {
            return Path.of(Files.readString(device.resolve("loop/backing_file"))
                    .strip()
                    .replaceFirst(" \\(deleted\\)$", ""));
        } catch (IOException isFree) {
            return Path.of("/");
        }
    }
}
