package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The findings of an attempt, in its folder: the first ones, for a guest may write as many as it likes. */
record FindingRecord(List<Finding> findings) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "findings.json";

    static FindingRecord read(Path attemptFolder) throws IOException {
        try {
            return new FindingRecord(new ArrayList<>(JSON.readValue(
                    Files.readAllBytes(attemptFolder.resolve(FILE)), new TypeReference<List<Finding>>() {})));
        } catch (NoSuchFileException none) {
            return new FindingRecord(new ArrayList<>());
        }
    }

    void write(Path attemptFolder) throws IOException {
        Path fresh = attemptFolder.resolve(FILE + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(findings));
        Files.move(
                fresh,
                attemptFolder.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** A new guest has a new console. */
    static void forget(Path attemptFolder) throws IOException {
        Files.deleteIfExists(attemptFolder.resolve(FILE));
    }

    boolean isFull() {
        return findings.size() >= ConsoleWatch.KEPT;
    }

    /** Whether the line that begins there is known. */
    boolean has(long offset) {
        return findings.stream().anyMatch(finding -> finding.offset() == offset);
    }

    void add(Finding finding) {
        findings.add(finding);
    }
}
