package muster.orchestrator.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Secrets that lie in files, read anew each time so that they can be changed. */
final class Secrets {

    private Secrets() {}

    /** The file's first line; empty where there is no file, or nothing in it. */
    static String firstLine(@Nullable String file) throws IOException {
        if (file == null) {
            return "";
        }
        try (BufferedReader in = Files.newBufferedReader(Path.of(file))) {
            String line = in.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException unreadable) {
            throw new IOException("cannot read the secret in " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
