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

    static HostUser current() {
        String name = System.getProperty("user.name", "");
        return new HostUser(name, name.equals("root"));
    }

    /** mmdebstrap's word for how it gets the rights it needs. */
    String mode() {
        return root ? "root" : "unshare";
    }

    /**
     * A folder for the tree that mmdebstrap puts together. Processes of subordinate ids must be able to get there, and a
     * user's own folders are often closed to everybody else.
     */
    Path scratchFolder(Path workFolder) throws IOException {
        if (root) {
            return Files.createTempDirectory(workFolder, "tree-");
        }
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "muster-build-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    /** Removes a scratch folder with what a dead build left in it, whose owners may be subordinate ids. */
    void delete(Path scratch, Path workFolder, Tools tools) throws ImageFailed, InterruptedException {
        List<String> remove = List.of("rm", "-r", "-f", scratch.toString());
        var words = new ArrayList<String>();
        if (!root) {
            // The helper is nobody to the folder itself, which it can only empty: hence the second rm, as the user.
            words.addAll(List.of("mmdebstrap", "--unshare-helper"));
        }
        words.addAll(remove);
        Path log = workFolder.resolve("discard.log");
        int status = tools.run(new Tools.Call(words, workFolder, log));
        if (!root || status != 0) {
            tools.runOrFail("remove what a dead build left in " + scratch, new Tools.Call(remove, workFolder, log));
        }
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
