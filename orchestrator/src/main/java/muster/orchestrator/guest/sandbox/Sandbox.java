package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;

/**
 * The sandbox of one guest: bubblewrap with user, mount, network, process, IPC and host-name spaces of its own. It shows
 * the guest's kernel its disks and one folder, nothing else of the host, has no network but its own loopback, and nobody in
 * it has any privilege, also where root starts it. Nothing of it dies with the orchestrator: own session, standard input closed, output to files.
 *
 * @param tools the programs that are there
 * @param folder the guest's folder, of which only {@link SandboxFolder#box} is seen inside
 * @param binds what else is seen inside
 * @param guest the command that runs the guest: prints its console, and shows its SSH server at 127.0.0.1:2222
 * @param bounds the most that it may take of the host
 */
public record Sandbox(Tools tools, SandboxFolder folder, List<Bind> binds, List<String> guest, Bounds bounds)
        implements Enclosure {

    /** Where the guest's SSH server appears, on the sandbox's own loopback: a port that needs no privilege. */
    public static final String SSH_INSIDE = "127.0.0.1:2222";

    private static final int BLOCK = 512;

    /** What no guest's disk may take away from the host. */
    private static final long LEAST_FREE = 1L << 30;

    /** Joins the control group whose list of processes is $1, and becomes the sandbox. */
    private static final String ENTER = "echo $$ >\"$1\" && shift && exec setsid bwrap \"$@\" 3>sandbox.json";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Pattern CHILD = Pattern.compile("\"child-pid\":\\s*(\\d+)");

    /** What may be done with what is bound, as bubblewrap's option for it. */
    public enum Access {
        READ("--ro-bind"),
        WRITE("--bind"),
        DEVICE("--dev-bind");

        private final String option;

        Access(String option) {
            this.option = option;
        }
    }

    /** A file of the host at a path inside, which must not lie directly under the root: UML takes no base disk there. */
    public record Bind(Path host, String inside, Access access) {}

    public Sandbox {
        binds = List.copyOf(binds);
        guest = List.copyOf(guest);
    }

    /** Whether a console of that length was cut at that ceiling. */
    static boolean isCut(long consoleLength, long consoleBytes) {
        return consoleLength > (consoleBytes / BLOCK - 1) * BLOCK;
    }

    @Override
    public HostProcess start() throws FarmFailed, InterruptedException {
        try {
            HostProcess first = awaitStart(folder.launch(command(), System.getenv("PATH")));
            watchDisk(first);
            return first;
        } catch (IOException e) {
            throw new FarmFailed("cannot start a sandbox in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    List<String> command() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", ENTER, "sh"));
        command.add(ProcessGroup.make(folder.path(), bounds.processes())
                .map(group -> group.resolve("cgroup.procs").toString())
                .orElse("/dev/null"));
        command.addAll(List.of("--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"));
        command.addAll(List.of("--as-pid-1", "--hostname", "guest"));
        command.addAll(List.of("--ro-bind", tools.root().resolve("usr").toString(), "/usr"));
        command.addAll(List.of("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"));
        command.addAll(List.of("--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev"));
        // Many settings of the host's kernel are root's to write, whatever else root lost.
        command.addAll(List.of("--ro-bind", "/proc/sys", "/proc/sys"));
        command.addAll(List.of("--size", Long.toString(Bounds.MARGIN), "--tmpfs", "/tmp"));
        command.addAll(List.of("--size", Long.toString(bounds.memoryFileBytes()), "--tmpfs", "/dev/shm"));
        command.addAll(List.of("--bind", folder.box().toString(), "/box"));
        for (Bind bind : binds) {
            command.addAll(List.of(bind.access().option, bind.host().toString(), bind.inside()));
        }
        command.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
        command.addAll(List.of("--chdir", "/tmp", "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp"));
        command.addAll(List.of("--setenv", "TMPDIR", "/dev/shm", "--info-fd", "3"));
        command.addAll(tools.shell());
        command.addAll(List.of("-c", withConsole(Resources.text(Sandbox.class, "sandbox.sh")), mark(folder.path())));
        command.add(blocks(bounds.consoleBytes()));
        command.add(Integer.toString(bounds.processes()));
        command.add(Long.toString(bounds.addressBytes() >> 10));
        command.addAll(guest);
        return command;
    }

    /** Stands on the command line of every sandbox's first process, so that it is found whatever was not written down. */
    public static String mark(Path folder) {
        return "muster-sandbox:" + folder;
    }

    @Override
    public long consoleBytes() {
        return bounds.consoleBytes();
    }

    /** A script that has the shell function {@code keep_console CEILING}, whose ceiling is in {@link #blocks}. */
    public static String withConsole(String script) {
        return Resources.text(Sandbox.class, "console.sh") + script;
    }

    /** A size in bytes in the unit that a shell limits files by. */
    public static String blocks(long bytes) {
        return Long.toString(bytes / BLOCK);
    }

    /** Of a process of its own, for the guest may outlive this one; {@link Leftovers} ends it too. */
    private void watchDisk(HostProcess first) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "bash", "-c"));
        command.addAll(List.of(Resources.text(Sandbox.class, "disk.sh"), mark(folder.path())));
        // Seen from the folder, whose name may become another while the guest runs.
        command.addAll(List.of(
                Long.toString(first.pid()),
                folder.path().relativize(folder.box()).toString()));
        command.addAll(List.of(Long.toString(bounds.diskBytes() >> 10), Long.toString(LEAST_FREE >> 10)));
        new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.diskCut().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
    }

    private HostProcess awaitStart(Process outer) throws FarmFailed, InterruptedException {
        boolean started = false;
        try {
            Deadline deadline = Deadline.in(START_LIMIT);
            do {
                Optional<HostProcess> first = child().filter(Sandbox::isInside).flatMap(HostProcess::of);
                if (first.isPresent()) {
                    started = true;
                    return first.get();
                }
            } while (!outer.waitFor(5, TimeUnit.MILLISECONDS) && !deadline.passed());
            throw new FarmFailed("cannot start a sandbox in " + folder.path() + ": "
                    + (outer.isAlive() ? "bwrap said nothing for " + START_LIMIT.toSeconds() + " s" : "bwrap ended")
                    + "; it said: " + ConsoleTail.of(folder.log()));
        } finally {
            if (!started) {
                outer.destroyForcibly();
                Leftovers.end(folder.path());
            }
        }
    }

    /** Whether bubblewrap has set all up and become the sandbox's first program; until then it may still fail. */
    private static boolean isInside(long pid) {
        try {
            String program = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return !program.isEmpty() && !program.startsWith("bwrap\0");
        } catch (IOException gone) {
            return false;
        }
    }

    private Optional<Long> child() {
        try {
            Matcher child = CHILD.matcher(Files.readString(folder.info()));
            return child.find() ? Optional.of(Long.valueOf(child.group(1))) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
