package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group that bounds how many processes one sandbox of root has, for RLIMIT_NPROC of setrlimit(2) bounds those of an
 * ordinary user alone. Both versions of cgroups(7) are known; where the host has no controller {@code pids} that root may
 * use, as in some containers, there is no group, and the guest's own kernel is what bounds it.
 */
final class ProcessGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
    private static final String CONTROLLER = "pids";

    private ProcessGroup() {}

    /** Makes that of a guest's folder; empty for an ordinary user, and where there is no such controller. */
    static Optional<Path> make(Path folder, int processes) {
        return hierarchy().flatMap(hierarchy -> {
            Path group = group(hierarchy, folder);
            try {
                Files.createDirectories(group.getParent());
                if (isUnified(hierarchy)) {
                    Files.writeString(hierarchy.resolve("cgroup.subtree_control"), "+" + CONTROLLER);
                    Files.writeString(group.resolveSibling("cgroup.subtree_control"), "+" + CONTROLLER);
                }
                Files.createDirectories(group);
                Files.writeString(group.resolve("pids.max"), Integer.toString(processes));
                return Optional.of(group);
            } catch (IOException notOurs) {
                LOG.warn("no control group bounds the processes in {}: {}", folder, notOurs.toString());
                return Optional.empty();
            }
        });
    }

    /** Removes that of a guest's folder, if there is one that nothing is in. */
    static void remove(Path folder) {
        hierarchy().map(hierarchy -> group(hierarchy, folder)).ifPresent(group -> {
            try {
                Files.deleteIfExists(group);
            } catch (IOException stillUsed) {
                LOG.debug("cannot remove {}: {}", group, stillUsed.toString());
            }
        });
    }

    private static Path group(Path hierarchy, Path folder) {
        String name = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        return hierarchy.resolve("muster").resolve(name);
    }

    private static Optional<Path> hierarchy() {
        try {
            return System.getProperty("user.name", "").equals("root")
                    ? hierarchy(Files.readAllLines(Path.of("/proc/self/mounts")))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Where the controller is, by the lines of fstab(5) that say what is mounted. */
    static Optional<Path> hierarchy(List<String> mounts) {
        return mounts.stream()
                .map(line -> line.split(" ", -1))
                .filter(mount -> mount.length > 3)
                .filter(mount -> mount[2].equals("cgroup")
                        ? List.of(mount[3].split(",", -1)).contains(CONTROLLER)
                        : mount[2].equals("cgroup2") && hasController(Path.of(mount[1])))
                .map(mount -> Path.of(mount[1]))
                .findFirst();
    }

    private static boolean isUnified(Path hierarchy) {
        return Files.exists(hierarchy.resolve("cgroup.controllers"));
    }

    private static boolean hasController(Path unified) {
        try {
            return List.of(Files.readString(unified.resolve("cgroup.controllers"))
                            .strip()
                            .split(" ", -1))
                    .contains(CONTROLLER);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
