package muster.orchestrator.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes seed disks: a POSIX tar that is the whole device, of plain files {@code hostname}, {@code ssh_host_ed25519_key},
 * {@code ssh_host_ed25519_key.pub}, {@code authorized_keys}, {@code nonce} for a guest with a network, {@code
 * network}, and, for one that reaches mirrors, {@code apt.conf}.
 */
public final class SeedDisk {

    /** A multiple of every sector size in use. */
    private static final int BLOCK = 10 * 1024;

    private SeedDisk() {}

    /**
     * Writes a seed disk, readable by its owner alone.
     *
     * @param network {@code ADDRESS/PREFIX GATEWAY}, or null for a guest without network
     * @param at the files' date
     * @param file must not exist yet
     */
    public static void write(Seed seed, @Nullable String network, Instant at, Path file) throws IOException {
        write(seed, network, null, at, file);
    }

    /**
     * The same, for a guest whose package manager is told how it reaches mirrors.
     *
     * @param aptConfiguration in the format of apt.conf(5), or null
     */
    public static void write(
            Seed seed, @Nullable String network, @Nullable String aptConfiguration, Instant at, Path file)
            throws IOException {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("hostname", line(seed.hostname()));
        entries.put("ssh_host_ed25519_key", line(seed.hostKey()));
        entries.put("ssh_host_ed25519_key.pub", line(seed.hostKeyPublic()));
        entries.put("authorized_keys", line(seed.authorizedKey()));
        entries.put("nonce", line(seed.nonce()));
        if (network != null) {
            entries.put("network", line(network));
        }
        if (aptConfiguration != null) {
            entries.put("apt.conf", line(aptConfiguration));
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, BLOCK)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                byte[] content = entry.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                header.setSize(content.length);
                header.setMode(0600);
                header.setModTime(Date.from(at));
                tar.putArchiveEntry(header);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }

    private static String line(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }
}
