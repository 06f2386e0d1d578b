package muster.orchestrator.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secret that lies in a file of its owner's, read anew each time so that it can be changed. */
public final class SecretFile {

    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /**
     * The file's first line; empty where nothing is in it.
     *
     * @param what the secret is, with an article, e.g. {@code the store's password}
     * @param file where it lies, or null for no secret
     * @throws IOException when there is no such file for this user, or others may read or write it
     */
    public static @Nullable String firstLine(String what, @Nullable String file) throws IOException {
        if (file == null) {
            return null;
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new IOException("cannot read " + what + " in " + path
                    + ": there is no such file for this user; see what names it in farm.yaml");
        }
        if (Files.getPosixFilePermissions(path).stream().anyMatch(FOR_OTHERS::contains)) {
            throw new IOException("cannot use " + what + " in " + path
                    + ": others than its owner may read or write it; chmod 600 it");
        }
        try (BufferedReader in = Files.newBufferedReader(path)) {
            String line = in.readLine();
            return line == null ? "" : line.strip();
        }
    }
}
