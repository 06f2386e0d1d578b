package muster.reports.store;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import muster.reports.Ending.KeptFile;

/**
 * Files beside the database: {@code files/ab/ab12....zst} holds the content whose SHA-256 is {@code ab12...}, as one zstd
 * frame with its own checksum. A file is there whole or not at all.
 */
final class KeptFiles {

    private final Path folder;

    KeptFiles(Path folder) {
        this.folder = folder;
    }

    KeptFile keep(String role, String name, Path file, long cutAt) throws IOException {
        checkName(name);
        try (InputStream in = Files.newInputStream(file);
                Staged staged = stage(in)) {
            staged.settle();
            return new KeptFile(role, name, staged.digest(), staged.bytes(), cutAt);
        }
    }

    /** Compresses a content that is to be kept, or not yet. */
    Staged stage(InputStream content) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "keep", ".part");
        MessageDigest sha256 = Texts.sha256();
        try (ZstdOutputStream out = new ZstdOutputStream(Files.newOutputStream(part))) {
            out.setChecksum(true);
            long bytes = new DigestInputStream(content, sha256).transferTo(out);
            return new Staged(part, bytes, sha256);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /** A compressed content without its name; closing forgets it, unless it has settled. */
    final class Staged implements AutoCloseable {
        private final Path part;
        private final long bytes;
        private final String digest;

        private Staged(Path part, long bytes, MessageDigest sha256) {
            this.part = part;
            this.bytes = bytes;
            digest = HexFormat.of().formatHex(sha256.digest());
        }

        String digest() {
            return digest;
        }

        long bytes() {
            return bytes;
        }

        /** Keeps it; says whether it is kept only since now. */
        boolean settle() throws IOException {
            return KeptFiles.this.settle(part, digest);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(part);
        }
    }

    /** The uncompressed content. */
    InputStream open(KeptFile file) throws IOException {
        if (!file.digest().matches("[0-9a-f]{64}")) {
            throw new IOException("cannot open " + file.name() + ": '" + file.digest() + "' is not a SHA-256 in hex");
        }
        if (file.removedAt() != null) {
            throw new IOException("cannot open " + file.name() + ": " + file.removal());
        }
        Path place = place(file.digest());
        try {
            return new ZstdInputStream(new BufferedInputStream(Files.newInputStream(place)));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "cannot open " + file.role() + " " + file.name() + ": its content is not at " + place
                            + "; the database was moved without its folder of files, or the file was removed",
                    e);
        }
    }

    /** What every file takes on the disk, by the digest of its content. */
    Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        each(path -> {
            String name = name(path);
            if (name.matches("[0-9a-f]{64}\\.zst")) {
                sizes.put(name.substring(0, 64), Files.size(path));
            }
        });
        return sizes;
    }

    /** Files that were never finished; nobody may be writing one. */
    List<Path> halves() throws IOException {
        List<Path> halves = new ArrayList<>();
        each(path -> {
            if (name(path).endsWith(".part")) {
                halves.add(path);
            }
        });
        return halves;
    }

    void remove(String digest) throws IOException {
        Files.deleteIfExists(place(digest));
    }

    @FunctionalInterface
    private interface Each {
        void take(Path file) throws IOException;
    }

    private void each(Each each) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                each.take(path);
            }
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private Path place(String digest) {
        return folder.resolve(digest.substring(0, 2)).resolve(digest + ".zst");
    }

    /** Moves a finished file to its name, and both are on the disk when this returns. */
    private boolean settle(Path part, String digest) throws IOException {
        Path place = place(digest);
        if (Files.exists(place)) {
            return false;
        }
        Files.createDirectories(folder.resolve(digest.substring(0, 2)));
        Disk.HOST.settle(part, place);
        return true;
    }

    /** @throws IllegalArgumentException when a file of that name could leave its folder */
    static void checkName(String name) {
        boolean plain = name.chars().noneMatch(Character::isISOControl)
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!plain) {
            throw new IllegalArgumentException("cannot keep a file under the name '" + name
                    + "': expected a relative name without '..' or control characters");
        }
    }
}
