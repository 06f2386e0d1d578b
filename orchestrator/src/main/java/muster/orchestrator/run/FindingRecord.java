package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.home.JsonFile;
import tools.jackson.core.type.TypeReference;

/** The findings of an attempt, in its folder: the first ones, for a guest may write as many as it likes. */
record FindingRecord(List<Finding> findings) {

    private static final String FILE = "findings.json";

    static FindingRecord read(Path attemptFolder) throws IOException {
        return new FindingRecord(JsonFile.read(attemptFolder.resolve(FILE), new TypeReference<ArrayList<Finding>>() {})
                .orElseGet(ArrayList::new));
    }

    void write(Path attemptFolder) throws IOException {
        JsonFile.write(attemptFolder.resolve(FILE), findings);
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
