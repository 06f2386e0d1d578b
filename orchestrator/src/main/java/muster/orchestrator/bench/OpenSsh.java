package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.ssh.FarmKey;
import org.jspecify.annotations.Nullable;

/**
 * The system's own SSH client, to compare with: it reaches the same guest through the same unix socket, by socat, with
 * the same cipher. A master connection of it is open until closing; calls go through that, or over a connection of their
 * own.
 */
final class OpenSsh implements AutoCloseable {

    private static final List<Requirement> REQUIREMENTS =
            List.of(new Requirement("ssh", "openssh-client"), new Requirement("socat", "socat"));
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final List<String> options;

    /**
     * @param folder empty, with a short path
     * @param socket where the guest's SSH server is reached
     * @param cipher in OpenSSH's words
     */
    OpenSsh(Path folder, Path socket, Seed seed, FarmKey key, String cipher)
            throws FarmFailed, IOException, InterruptedException {
        requireTools();
        this.folder = folder;
        Path identity = Files.createFile(folder.resolve("key"), PosixFilePermissions.asFileAttribute(SECRET));
        Files.writeString(identity, key.pair().privateKey());
        Path known = Files.writeString(folder.resolve("known_hosts"), "guest " + seed.hostKeyPublic() + "\n");
        this.options = List.of(
                "-F",
                "none",
                "-i",
                identity.toString(),
                "-oIdentitiesOnly=yes",
                "-oUserKnownHostsFile=" + known,
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oHostKeyAlias=guest",
                "-oHostKeyAlgorithms=ssh-ed25519",
                "-oProxyCommand=socat -b 65536 - UNIX-CONNECT:" + socket,
                "-oCiphers=" + cipher,
                "-oCompression=no",
                "-oBatchMode=yes",
                "-oLogLevel=ERROR");
        execute(call("-oControlMaster=yes", "-oControlPersist=yes", "-fN"), null);
    }

    static void requireTools() throws FarmFailed {
        List<Requirement> unmet =
                REQUIREMENTS.stream().filter(each -> !each.isMet()).toList();
        if (!unmet.isEmpty()) {
            throw new FarmFailed("cannot compare with the system's SSH client: there is no "
                    + String.join(
                            " and no ", unmet.stream().map(Requirement::program).toList())
                    + "; as root: " + Requirement.installing(unmet));
        }
    }

    /** Runs a command over the master connection, with a file as its input where there is one; its output is dropped. */
    Duration warm(String command, @Nullable Path input) throws IOException, InterruptedException {
        List<String> line = call("-oControlMaster=no");
        line.add(command);
        return execute(line, input);
    }

    /** Runs a command over a connection of its own. */
    Duration anew(String command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("ssh"));
        line.addAll(options);
        line.addAll(List.of("-S", "none", "root@guest", command));
        return execute(line, null);
    }

    private List<String> call(String... more) {
        List<String> line = new ArrayList<>(List.of("ssh"));
        line.addAll(options);
        line.addAll(List.of(more));
        line.addAll(List.of("-S", folder.resolve("master").toString(), "root@guest"));
        return line;
    }

    private Duration execute(List<String> line, @Nullable Path input) throws IOException, InterruptedException {
        Path error = folder.resolve("error");
        long from = System.nanoTime();
        Process process = new ProcessBuilder(line)
                .redirectInput((input == null ? Path.of("/dev/null") : input).toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(error.toFile())
                .start();
        try {
            int status = process.waitFor();
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            if (status != 0) {
                throw new IOException("cannot compare with the system's SSH client: it ended with " + status
                        + " and said: " + Files.readString(error).strip());
            }
            return took;
        } finally {
            process.destroy();
        }
    }

    /** Ends the master connection. */
    @Override
    public void close() throws IOException {
        List<String> line = call("-O", "exit");
        boolean interrupted = Thread.interrupted();
        try {
            execute(line, null);
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
