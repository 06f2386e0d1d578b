package muster.orchestrator.ssh;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import muster.orchestrator.guest.Seed;

/**
 * The key with which a farm enters its guests: one for all of them, made once.
 *
 * @param pair both halves
 */
public record FarmKey(KeyPairs.Pair pair) {

    private static final String PRIVATE = "farm_ed25519";
    private static final String PUBLIC = PRIVATE + ".pub";

    /**
     * Opens the key in a folder, making it where there is none yet. Processes that do so at once get the same key.
     *
     * @param folder made with mode 0700 where it is not there
     */
    public static FarmKey open(Path folder) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
        synchronized (FarmKey.class) {
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (!Files.exists(folder.resolve(PRIVATE))) {
                    make(folder);
                }
                return new FarmKey(new KeyPairs.Pair(
                        Files.readString(folder.resolve(PRIVATE)),
                        Files.readString(folder.resolve(PUBLIC)).strip()));
            }
        }
    }

    /** The file of its private half, which only the owner may read. */
    public static Path file(Path folder) {
        return folder.resolve(PRIVATE);
    }

    /**
     * The identity of a new clone: a host key of its own, and this key to enter by.
     *
     * @param nonce random, hex
     */
    public Seed newSeed(String hostname, String nonce) {
        KeyPairs.Pair host = KeyPairs.make(hostname);
        return new Seed(hostname, host.privateKey(), host.publicKey(), pair.publicKey(), nonce);
    }

    /** The private half is moved in last: where it is, all is. */
    private static void make(Path folder) throws IOException {
        KeyPairs.Pair made = KeyPairs.make("muster");
        Files.writeString(folder.resolve(PUBLIC), made.publicKey() + "\n");
        Path fresh = folder.resolve(PRIVATE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, mode("rw-------"));
        Files.write(fresh, made.privateKey().getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        Files.move(fresh, folder.resolve(PRIVATE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
