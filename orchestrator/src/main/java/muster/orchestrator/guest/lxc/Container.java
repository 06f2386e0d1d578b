package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.sandbox.ConsoleTail;
import muster.orchestrator.guest.sandbox.Enclosure;
import muster.orchestrator.guest.sandbox.Leftovers;
import muster.orchestrator.guest.sandbox.Resources;
import muster.orchestrator.guest.sandbox.Sandbox;
import muster.orchestrator.guest.sandbox.SandboxFolder;

/**
 * One container with all that it lives in: see {@code lxc.sh}. Nothing of it dies with the orchestrator: own session,
 * standard input closed, output to files.
 *
 * @param folder the guest's; {@code box} has the container's configuration
 * @param disk what it is made from
 * @param identity its own
 * @param doors the files by which a process goes into its cgroups
 * @param consoleBytes the longest that its console may grow
 */
record Container(SandboxFolder folder, Disk disk, Identity identity, List<Path> doors, long consoleBytes)
        implements Enclosure {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /**
     * A raw disk with a file system, changed itself or seen through a clone.
     *
     * @param cloneBytes the clone's ceiling; it is never larger than the disk
     */
    record Disk(Path path, boolean writeThrough, long cloneBytes) {}

    Container {
        doors = List.copyOf(doors);
    }

    @Override
    public HostProcess start() throws FarmFailed, InterruptedException {
        try {
            return awaitStart(folder.launch(command(), "/usr/bin:/bin:/usr/sbin:/sbin"));
        } catch (IOException e) {
            throw new FarmFailed("cannot start a container in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "unshare", "--mount", "--pid", "--fork", "sh", "-c"));
        command.add(Sandbox.withConsole(Resources.text(Container.class, "lxc.sh")));
        command.addAll(List.of(Sandbox.mark(folder.path()), identity.name(), Sandbox.blocks(consoleBytes)));
        command.addAll(
                List.of(folder.path().toString(), disk.path().toString(), disk.writeThrough() ? "through" : "clone"));
        command.addAll(List.of(Integer.toString(identity.firstId()), Integer.toString(Identity.IDS)));
        command.add(Long.toString(Math.min(Files.size(disk.path()), disk.cloneBytes())));
        command.add(Resources.text(Container.class, "shift-owners.pl"));
        doors.forEach(door -> command.add(door.toString()));
        return command;
    }

    /** Waits until all is made and the guest's own first program is next, or its disk turned out to have nothing to boot. */
    private HostProcess awaitStart(Process outer) throws FarmFailed, InterruptedException, IOException {
        boolean started = false;
        try {
            Deadline deadline = Deadline.in(START_LIMIT);
            boolean ended;
            do {
                ended = outer.waitFor(5, TimeUnit.MILLISECONDS);
                Optional<HostProcess> first = first();
                if (first.isPresent() && isMade()) {
                    started = true;
                    return first.get();
                }
            } while (!ended && !deadline.passed());
            throw new FarmFailed("cannot start a container in " + folder.path() + ": "
                    + (ended ? "it ended" : "it was not there after " + START_LIMIT.toSeconds() + " s")
                    + "; it said: " + ConsoleTail.of(folder.log()));
        } finally {
            if (!started) {
                outer.destroyForcibly();
                Leftovers.end(folder.path());
            }
        }
    }

    private boolean isMade() {
        return Files.exists(folder.box().resolve("made"))
                || Files.exists(folder.box().resolve("unbootable"));
    }

    private Optional<HostProcess> first() throws IOException {
        try {
            String line = Files.readString(folder.box().resolve("first"));
            return line.endsWith("\n") ? Optional.of(HostProcess.ofStat(line)) : Optional.empty();
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }
}
