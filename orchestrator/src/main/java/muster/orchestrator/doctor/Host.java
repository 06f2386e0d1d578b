package muster.orchestrator.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The host, as far as checks look at it. */
interface Host {

    /** The name of the user, or its number where it has no name. */
    String user();

    boolean root();

    /** The text of a file; empty where it is not there or may not be read. */
    Optional<String> text(Path file);

    /** Whether there is a program of this name, or a file of this absolute path. */
    boolean has(String programOrFile);

    /** Runs a program to its end. */
    Said run(Duration limit, List<String> words) throws InterruptedException;

    /** The file system that a folder is on. */
    FileSystem fileSystem(Path folder) throws IOException;

    /**
     * Fetches the beginning of what lies at an address.
     *
     * @throws IOException when it cannot be had; the message says why
     */
    void fetch(URI address, Duration limit) throws IOException, InterruptedException;

    /**
     * How a program ended.
     *
     * @param status its exit status; -1 where it could not be started or was stopped at its limit
     * @param output all it printed, shortened
     */
    record Said(int status, String output) {
        boolean ok() {
            return status == 0;
        }
    }

    /** A file system: its kind, e.g. {@code ext4}, and the bytes that this user may still write. */
    record FileSystem(String kind, long usableBytes) {}
}
