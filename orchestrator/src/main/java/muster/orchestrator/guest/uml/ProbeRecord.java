package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers what probes came to, so that a start costs nothing: a file each, named by all that the answer hangs on (the
 * kernel's file, the host's kernel and CPU, the setting).
 *
 * @param folder where they lie
 */
record ProbeRecord(Path folder) {

    private static final JsonMapper JSON = new JsonMapper();

    Optional<Probe.Answer> read(String key) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(key)), Probe.Answer.class));
        } catch (NoSuchFileException | JacksonException unknown) {
            return Optional.empty();
        }
    }

    void write(String key, Probe.Answer answer) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".probe", ".json");
        Files.write(fresh, JSON.writeValueAsBytes(answer));
        Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE);
    }

    /** All that the answer hangs on. */
    static String key(UmlRuntime runtime, boolean seccomp, UmlHost host) throws IOException {
        return String.join(
                "|",
                runtime.kernel().toString(),
                Files.getLastModifiedTime(runtime.kernel()).toString(),
                Long.toString(Files.size(runtime.kernel())),
                host.kernel(),
                host.cpu(),
                seccomp ? "seccomp" : "ptrace");
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
