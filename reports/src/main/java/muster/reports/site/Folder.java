package muster.reports.site;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder that a site is written to. Only files whose content changed are written, each whole or not at all, so that
 * whoever reads meanwhile sees no half page. Nothing is ever removed: an address that was given to somebody stays good.
 */
final class Folder {

    private final Path root;
    private int written;

    Folder(Path root) {
        this.root = root;
    }

    /** How many files have been written. */
    int written() {
        return written;
    }

    void put(String address, String text) throws IOException {
        put(address, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String address, byte[] content) throws IOException {
        Path file = root.resolve(address);
        if (Files.isRegularFile(file)
                && Files.size(file) == content.length
                && java.util.Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        stream(address, out -> out.write(content));
    }

    /** Writes a file from a stream, whatever stood there. */
    void stream(String address, Writing writing) throws IOException {
        Path file = root.resolve(address);
        Path folder = java.util.Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path half = Files.createTempFile(folder, ".", ".half");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(half))) {
                writing.to(out);
            }
            Files.setPosixFilePermissions(half, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
        written++;
    }

    /** Whether a page was made from the same things: it carries their digest near its beginning. */
    boolean isMadeFrom(String address, String digest) throws IOException {
        Path file = root.resolve(address);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2_048), StandardCharsets.UTF_8).contains('"' + digest + '"');
        }
    }

    /** Writes the content of one file. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
