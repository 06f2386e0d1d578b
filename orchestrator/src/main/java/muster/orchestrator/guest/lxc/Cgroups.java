package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;

/**
 * The cgroups of one guest: a folder {@code muster/NAME} in every hierarchy of the host, whether each controller has one of
 * its own (version 1), all share one (version 2) or both. All that the guest is lives in them. See cgroups(7).
 *
 * @param roots where the hierarchies are mounted
 * @param name the guest's
 */
record Cgroups(List<Path> roots, String name) {

    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final String FARM = "muster";

    /**
     * In version 2 a folder that gives controllers to its children has no processes. LXC makes its own folders beside the one
     * that it starts in where that has this name, by which systemd calls that of process 1.
     */
    private static final String LEAF = "init.scope";

    /** The weight of all guests together against whatever else the host does, in that of one guest with one processor. */
    private static final int FARM_WEIGHT = 8;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** The ceilings of a guest. */
    record Ceilings(long memoryBytes, int processes, int cpus) {}

    Cgroups {
        roots = List.copyOf(roots);
    }

    /** Those of this host. */
    static Cgroups here(String name) {
        List<Path> roots = new ArrayList<>();
        try (Stream<String> mounts = Files.lines(MOUNTS)) {
            mounts.map(line -> line.split(" ", -1))
                    .filter(fields -> fields[2].equals("cgroup") || fields[2].equals("cgroup2"))
                    .forEach(fields -> roots.add(Path.of(fields[1])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + MOUNTS, e);
        }
        return new Cgroups(roots, name);
    }

    /** Makes them; nobody is in them yet. */
    void make(Ceilings ceilings) throws IOException, FarmFailed {
        boolean memory = false;
        boolean processes = false;
        for (Path root : roots) {
            Path folder = made(root);
            memory |= write(folder.resolve("memory.limit_in_bytes"), ceilings.memoryBytes())
                    || write(folder.resolve("memory.max"), ceilings.memoryBytes());
            write(folder.resolve("memory.memsw.limit_in_bytes"), ceilings.memoryBytes());
            write(folder.resolve("memory.swap.max"), 0);
            processes |= write(folder.resolve("pids.max"), ceilings.processes());
            weigh(root.resolve(FARM), FARM_WEIGHT);
            weigh(folder, ceilings.cpus());
        }
        if (!memory || !processes) {
            throw new FarmFailed(
                    "cannot limit what a container takes: no cgroup here has the controller %s; boot the host's kernel with it (cgroup_enable=memory) or choose another driver"
                            .formatted(memory ? "pids" : "memory"));
        }
    }

    /** The files by which a process goes into them. */
    List<Path> doors() {
        return folders()
                .map(folder -> isUnified(folder) ? folder.resolve(LEAF) : folder)
                .map(folder -> folder.resolve("cgroup.procs"))
                .toList();
    }

    /** Removes them once their last processes are gone, whatever interrupts. */
    boolean remove() {
        return Deadline.in(LIMIT).awaitUninterruptibly(PAUSE, () -> {
            folders().forEach(Cgroups::removeTree);
            return left().isEmpty();
        });
    }

    /** Those that are there. */
    List<Path> left() {
        return folders().filter(Files::exists).toList();
    }

    private Stream<Path> folders() {
        return roots.stream().map(root -> root.resolve(FARM).resolve(name));
    }

    private Path made(Path root) throws IOException {
        Path farm = root.resolve(FARM);
        Path folder = farm.resolve(name);
        Files.createDirectories(farm);
        if (isUnified(root)) {
            giveOn(root);
            giveOn(farm);
            Files.createDirectories(folder.resolve(LEAF));
            return folder;
        }
        inherit(root, farm);
        Files.createDirectories(folder);
        inherit(farm, folder);
        return folder;
    }

    /** Whether a folder is of version 2. */
    private static boolean isUnified(Path folder) {
        return Files.exists(folder.resolve("cgroup.subtree_control"));
    }

    /** In version 2 a folder's controllers are there for its children only when it says so. */
    private static void giveOn(Path folder) throws IOException {
        List<String> there = List.of(
                Files.readString(folder.resolve("cgroup.controllers")).strip().split(" ", -1));
        Files.writeString(
                folder.resolve("cgroup.subtree_control"),
                Stream.of("memory", "pids", "cpu")
                        .filter(there::contains)
                        .map(controller -> "+" + controller)
                        .collect(Collectors.joining(" ")));
    }

    /** In version 1 a new folder of cpuset may use nothing. */
    private static void inherit(Path from, Path to) throws IOException {
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
            if (Files.exists(from.resolve("cpuset.cpu_exclusive"))) {
                Files.writeString(to.resolve(file), Files.readString(from.resolve(file)));
            }
        }
    }

    private static void weigh(Path folder, int times) throws IOException {
        write(folder.resolve("cpu.shares"), 1024L * times);
        write(folder.resolve("cpu.weight"), 100L * times);
    }

    private static boolean write(Path file, long value) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Files.writeString(file, Long.toString(value));
        return true;
    }

    private static void removeTree(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isDirectory).sorted((a, b) -> b.compareTo(a)).forEach(Cgroups::removeOne);
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            // left() tells what is still there
            return;
        }
    }

    private static void removeOne(Path folder) {
        folder.toFile().delete();
    }
}
