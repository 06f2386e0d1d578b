package muster.orchestrator.guest.uml;

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
 * the guest's kernel its disks and one folder, nothing else of the host, and has no network but its own loopback.
 * Nothing of it dies with the orchestrator: own session, standard input closed, output to files.
 *
 * @param runtime kernel and tools
 * @param folder the guest's folder, of which only {@code box} is seen inside
 * @param binds files that are seen inside
 * @param network options of the network, in libvdeplug_slirp(1)'s form, e.g. {@code restricted/tcpfwd=...}
 * @param kernelArguments the kernel's command line
 * @param consoleBytes the longest that the console may grow
 */
record UmlSandbox(
        UmlRuntime runtime,
        Path folder,
        List<Bind> binds,
        String network,
        List<String> kernelArguments,
        long consoleBytes) {

    /** The socket of the network, inside. */
    static final String NETWORK_SOCKET = "/tmp/network";

    private static final int BLOCK = 512;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Pattern CHILD = Pattern.compile("\"child-pid\":\\s*(\\d+)");

    /** A file of the host at a path inside, which must not lie directly under the root: UML takes no base disk there. */
    record Bind(Path host, String inside, boolean writable) {}

    static Path box(Path folder) {
        return folder.resolve("box");
    }

    static Path console(Path folder) {
        return folder.resolve("console.log");
    }

    /** What bubblewrap and the sandbox's tools said. */
    static Path log(Path folder) {
        return folder.resolve("sandbox.log");
    }

    /** What bubblewrap itself says of the sandbox, from its first moment. */
    static Path info(Path folder) {
        return folder.resolve("sandbox.json");
    }

    /** Whether a console of that length was cut at that ceiling. */
    static boolean isCut(long consoleLength, long consoleBytes) {
        return consoleLength > (consoleBytes / BLOCK - 1) * BLOCK;
    }

    /**
     * Starts it.
     *
     * @return process 1 of the sandbox: when that is gone, all of it is gone
     */
    HostProcess start() throws FarmFailed, InterruptedException {
        try {
            Files.createDirectory(box(folder));
            Files.createFile(console(folder));
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(console(folder).toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
            String path = System.getenv("PATH");
            builder.environment().clear();
            if (path != null) {
                builder.environment().put("PATH", path);
            }
            return awaitStart(builder.start());
        } catch (IOException e) {
            throw new FarmFailed("cannot start a sandbox in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The command line, for provenance. */
    List<String> command() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec setsid bwrap \"$@\" 3>sandbox.json", "sh"));
        command.addAll(List.of("--unshare-all", "--as-pid-1", "--hostname", "guest"));
        command.addAll(List.of("--ro-bind", runtime.root().resolve("usr").toString(), "/usr"));
        command.addAll(List.of("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"));
        command.addAll(List.of("--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--tmpfs", "/tmp", "--tmpfs", "/dev/shm"));
        command.addAll(List.of("--bind", box(folder).toString(), "/box"));
        for (Bind bind : binds) {
            command.addAll(List.of(
                    bind.writable() ? "--bind" : "--ro-bind", bind.host().toString(), bind.inside()));
        }
        command.addAll(List.of("--chdir", "/tmp", "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp"));
        command.addAll(List.of("--setenv", "TMPDIR", "/dev/shm", "--info-fd", "3"));
        command.addAll(List.of("busybox", "sh", "-c", script(), mark(folder)));
        command.addAll(List.of(Long.toString(consoleBytes / BLOCK), network));
        command.addAll(kernelArguments);
        return command;
    }

    /** Stands on the command line of every sandbox's first process, so that it is found whatever was not written down. */
    static String mark(Path folder) {
        return "muster-sandbox:" + folder;
    }

    private HostProcess awaitStart(Process outer) throws FarmFailed, InterruptedException {
        boolean started = false;
        try {
            Deadline deadline = Deadline.in(START_LIMIT);
            do {
                Optional<HostProcess> first =
                        child(folder).filter(UmlSandbox::isInside).flatMap(HostProcess::of);
                if (first.isPresent()) {
                    started = true;
                    return first.get();
                }
            } while (!outer.waitFor(5, TimeUnit.MILLISECONDS) && !deadline.passed());
            throw new FarmFailed("cannot start a sandbox in " + folder + ": "
                    + (outer.isAlive() ? "bwrap said nothing for " + START_LIMIT.toSeconds() + " s" : "bwrap ended")
                    + "; it said: " + ConsoleTail.of(log(folder)));
        } finally {
            if (!started) {
                outer.destroyForcibly();
                Leftovers.end(folder);
            }
        }
    }

    /** Whether bubblewrap has set all up and become the sandbox's first program; until then it may still fail. */
    private static boolean isInside(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .startsWith("busybox\0");
        } catch (IOException gone) {
            return false;
        }
    }

    private static Optional<Long> child(Path folder) {
        try {
            Matcher child = CHILD.matcher(Files.readString(info(folder)));
            return child.find() ? Optional.of(Long.valueOf(child.group(1))) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static String script() {
        return Resources.text("sandbox.sh");
    }
}
