package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in a guest's folder.
 *
 * @param path the folder, absolute
 */
public record SandboxFolder(Path path) {

    /** sun_path of unix(7) has 108 bytes, the last of them zero. */
    private static final int SOCKET_PATH_BYTES = 107;

    public static SandboxFolder of(Path folder) {
        return new SandboxFolder(folder.toAbsolutePath().normalize());
    }

    /** All of it that is seen inside, as {@code /box}. */
    public Path box() {
        return path.resolve("box");
    }

    public Path sshSocket() {
        return box().resolve("ssh.sock");
    }

    /** Where the guest's {@link MirrorProxy} listens. */
    Path mirrorSocket() {
        return box().resolve("apt.sock");
    }

    /** What only the guest with this identity may read. */
    public Path seed() {
        return path.resolve("seed.img");
    }

    public Path console() {
        return path.resolve("console.log");
    }

    /** What bubblewrap and the sandbox's tools said. */
    public Path log() {
        return path.resolve("sandbox.log");
    }

    /** Why the disk takes no more writes; empty while it does. */
    Path diskCut() {
        return path.resolve("disk-cut.txt");
    }

    /** What bubblewrap itself says of the sandbox, from its first moment. */
    Path info() {
        return path.resolve("sandbox.json");
    }

    /**
     * Starts what shuts the guest in: with standard input closed, its output the console and its errors the log, so that
     * nothing of it hangs on this process.
     *
     * @param programs where they are found, all that its environment says; null for what the system has by itself
     */
    public Process launch(List<String> command, @Nullable String programs) throws IOException {
        Files.createFile(console());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(path.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().clear();
        if (programs != null) {
            builder.environment().put("PATH", programs);
        }
        return builder.start();
    }

    /** Refuses a folder that is too deep for sockets, before anything is started in it. */
    public void requireShort(String label) throws FarmFailed {
        int bytes = sshSocket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SOCKET_PATH_BYTES) {
            throw new FarmFailed(
                    "cannot run %s in %s: the path of its SSH socket has %d bytes, and Linux allows %d; choose a shorter --home"
                            .formatted(label, path, bytes, SOCKET_PATH_BYTES));
        }
    }

    /** Deletes what is of no use without the running guest: its disk, its secrets, its sockets. */
    void discard() throws IOException {
        Folders.delete(box());
        Files.deleteIfExists(seed());
    }

    /** Deletes all that a start may have made. */
    void clear() throws IOException {
        discard();
        for (Path file : List.of(console(), log(), info(), diskCut())) {
            Files.deleteIfExists(file);
        }
    }
}
