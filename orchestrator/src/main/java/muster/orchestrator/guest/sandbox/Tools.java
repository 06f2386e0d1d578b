package muster.orchestrator.guest.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * The programs that are there in a sandbox: a shell, what it calls, socat, and what runs the guest.
 *
 * @param root the system whose {@code usr} is shown: {@code /}, or a folder that one was fetched to
 * @param shell the words by which a POSIX shell is called that knows cat, grep, mkfifo and sleep
 */
public record Tools(Path root, List<String> shell) {

    /** The host's own programs. */
    public static final Tools HOST = new Tools(Path.of("/"), List.of("sh"));

    public Tools {
        shell = List.copyOf(shell);
    }
}
