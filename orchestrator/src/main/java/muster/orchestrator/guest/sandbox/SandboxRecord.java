package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.guest.HostProcess;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that another orchestrator needs to take a guest up; {@code guest.json} in its folder.
 *
 * @param label as the guest was labelled
 * @param sandbox process 1 of its sandbox
 * @param consoleBytes the console's ceiling
 * @param provenance what could explain a result
 * @param startedIn the folder in which it was started: its mark, though it may lie elsewhere now
 */
public record SandboxRecord(
        String label, HostProcess sandbox, long consoleBytes, SortedMap<String, String> provenance, String startedIn) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "guest.json";

    /** Empty where none was written. */
    public static Optional<SandboxRecord> read(Path folder) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), SandboxRecord.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("cannot read " + folder.resolve(FILE) + ": " + e.getOriginalMessage(), e);
        }
    }

    /** The same under another label, with more facts. */
    SandboxRecord as(String newLabel, Map<String, String> facts) {
        SortedMap<String, String> all = new TreeMap<>(provenance);
        all.putAll(facts);
        return new SandboxRecord(newLabel, sandbox, consoleBytes, all, startedIn);
    }

    void write(Path folder) throws IOException {
        Path fresh = folder.resolve(FILE + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(this));
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
