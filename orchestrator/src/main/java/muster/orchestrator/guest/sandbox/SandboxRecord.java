package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.home.JsonFile;

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

    private static final String FILE = "guest.json";

    /** Empty where none was written. */
    public static Optional<SandboxRecord> read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), SandboxRecord.class);
    }

    /** The same under another label, with more facts. */
    SandboxRecord as(String newLabel, Map<String, String> facts) {
        SortedMap<String, String> all = new TreeMap<>(provenance);
        all.putAll(facts);
        return new SandboxRecord(newLabel, sandbox, consoleBytes, all, startedIn);
    }

    void write(Path folder) throws IOException {
        JsonFile.write(folder.resolve(FILE), this);
    }
}
