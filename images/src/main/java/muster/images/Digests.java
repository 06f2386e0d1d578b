package muster.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** SHA-256, in lower-case hex. */
public final class Digests {

    private static final int CHUNK = 4 << 20;

    private static final Optional<OpenOption> DIRECT = directReading();

    private Digests() {}

    /**
     * Of a whole file, holes included. It is read past the page cache where the file system allows: the holes of one disk
     * would fill gigabytes of the cache with zeros, and take most of the time.
     */
    public static String ofFile(Path file) throws IOException {
        int block = Math.toIntExact(Files.getFileStore(file).getBlockSize());
        ByteBuffer chunk =
                ByteBuffer.allocateDirect(CHUNK + block).alignedSlice(block).limit(CHUNK);
        MessageDigest digest = sha256();
        try (FileChannel channel = open(file)) {
            long size = channel.size();
            for (long done = 0; done < size; ) {
                int read = channel.read(chunk.clear().limit(CHUNK));
                if (read < 0) {
                    throw new IOException(file + " became shorter while it was read");
                }
                digest.update(chunk.flip());
                done += read;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static FileChannel open(Path file) throws IOException {
        if (DIRECT.isPresent()) {
            try {
                return FileChannel.open(file, StandardOpenOption.READ, DIRECT.get());
            } catch (FileSystemException | UnsupportedOperationException e) {
                return FileChannel.open(file, StandardOpenOption.READ);
            }
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The JDK's own option is exported for use but not part of Java SE, so it is looked for and not compiled in. */
    private static Optional<OpenOption> directReading() {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Arrays.stream(options)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Of some texts in their order; where one ends and the next begins counts. */
    public static String ofTexts(List<String> texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
