package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.home.JsonFile;

/**
 * Remembers what probes came to, so that a start costs nothing: a file each, named by all that the answer hangs on (the
 * kernel's file, the host's kernel and CPU, the setting).
 *
 * @param folder where they lie
 */
public record ProbeRecord(Path folder) {

    /** What a probe does where its answer is not known. */
    public interface Probing {
        ProbeAnswer boot() throws FarmFailed, InterruptedException;
    }

    /** What is remembered under this key, or else what the probe comes to, remembered where it is certain. */
    public ProbeAnswer answer(String key, Probing probing) throws IOException, FarmFailed, InterruptedException {
        Optional<ProbeAnswer> known = read(key);
        if (known.isPresent()) {
            return known.get();
        }
        ProbeAnswer answer = probing.boot();
        if (answer.certain()) {
            write(key, answer);
        }
        return answer;
    }

    /** Forgets all. */
    public void forget() {
        Folders.delete(folder);
    }

    private Optional<ProbeAnswer> read(String key) throws IOException {
        try {
            return JsonFile.read(file(key), ProbeAnswer.class);
        } catch (JsonFile.Unreadable unknown) {
            return Optional.empty();
        }
    }

    private void write(String key, ProbeAnswer answer) throws IOException {
        Files.createDirectories(folder);
        JsonFile.write(file(key), answer);
    }

    /**
     * All that an answer hangs on.
     *
     * @param files the programs and kernels that were tried
     * @param settings how they were tried
     */
    public static String key(List<Path> files, HostFacts host, List<String> settings) throws IOException {
        List<String> parts = new ArrayList<>();
        for (Path file : files) {
            parts.addAll(List.of(
                    file.toString(), Files.getLastModifiedTime(file).toString(), Long.toString(Files.size(file))));
        }
        parts.addAll(List.of(host.kernel(), host.cpu()));
        parts.addAll(settings);
        return String.join("|", parts);
    }

    private Path file(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 6) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
