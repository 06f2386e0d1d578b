package muster.images.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import muster.images.ImageFailed;
import muster.images.Tools;

/**
 * Who builds: root, or an ordinary user, who needs subordinate ids for the owners of the files of a distribution.
 *
 * @param name the user's name
 * @param root whether it is root
 */
record HostUser(String name, boolean root) {

    private static final int IDS_NEEDED = 65536;
    private static final long TREE_BYTES = 1L << 30;
    private static final Path DISK = Path.of("/var/tmp");

    static HostUser current() {
        String name = System.getProperty("user.name", "");
        return new HostUser(name, name.equals("root"));
    }

    /** mmdebstrap's word for how it gets the rights it needs. */
    String mode() {
        return root ? "root" : "unshare";
    }

    /**
     * What mmdebstrap is run by. As root it mounts /proc and the like in the tree for all the host to see, and leaves them
     * there when it is killed; in namespaces of its own they end with its processes. As an ordinary user it makes such
     * namespaces by itself.
     */
    List<String> namespaces() {
        return root
                ? List.of(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc")
                : List.of();
    }

    /**
     * A folder for the tree that mmdebstrap puts together: in memory where there is plenty, as thousands of small files are
     * written and removed again. Processes of subordinate ids must be able to get there, and a user's own folders are often
     * closed to everybody else.
     */
    Path scratchFolder(Path workFolder) throws IOException {
        Path parent = root ? workFolder : DISK;
        if (HostMemory.hasRoomFor(TREE_BYTES)) {
            parent = HostMemory.FOLDER;
        }
        Path folder = Files.createTempDirectory(parent, "muster-build-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    /** Removes a scratch folder with what a dead build left in it, whose owners may be subordinate ids. */
    void delete(Path scratch, Path workFolder, Tools tools) throws ImageFailed, InterruptedException {
        try {
            if (!Files.exists(scratch) || isEmpty(scratch)) {
                Files.deleteIfExists(scratch);
                return;
            }
        } catch (IOException e) {
            throw new ImageFailed("cannot remove " + scratch + ": " + e, e);
        }
        List<String> remove = List.of("rm", "-r", "-f", scratch.toString());
        Path log = workFolder.resolve("discard.log");
        if (!root) {
            // It can empty the trees in the folder, but not the folder: its ids have no rights there. The user's have.
            var asSubordinates = new ArrayList<>(List.of("mmdebstrap", "--unshare-helper"));
            asSubordinates.addAll(remove);
            tools.run(new Tools.Call(asSubordinates, workFolder, log));
        }
        tools.runOrFail("remove what a build left in " + scratch, new Tools.Call(remove, workFolder, log));
    }

    /** Fails unless this user has what {@link #mode()} needs. */
    void requireIds(Tools tools) throws ImageFailed {
        if (root) {
            return;
        }
        tools.require("newuidmap");
        tools.require("newgidmap");
        for (Path file : List.of(Path.of("/etc/subuid"), Path.of("/etc/subgid"))) {
            if (!hasRange(file)) {
                throw new ImageFailed("cannot build images as the ordinary user " + name + ": " + file
                        + " gives it no range of " + IDS_NEEDED + " ids; as root: usermod --add-subuids 100000-165535"
                        + " --add-subgids 100000-165535 " + name);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private boolean hasRange(Path file) throws ImageFailed {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            return lines.map(line -> line.split(":", -1))
                    .anyMatch(parts -> parts.length == 3
                            && parts[0].equals(name)
                            && Integer.parseInt(parts[2].strip()) >= IDS_NEEDED);
        } catch (IOException e) {
            throw new ImageFailed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
