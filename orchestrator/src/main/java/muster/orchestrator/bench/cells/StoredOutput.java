package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import muster.reports.Attempt;
import muster.reports.Ending;
import muster.reports.History;
import muster.reports.Outcome;
import muster.reports.view.CellLine;
import muster.testsuites.Verdict;

/** Compares what a store has of a run with what the suites of its guests wrote. */
final class StoredOutput {

    private final History history;
    private final Path written;
    private final List<String> troubles = new ArrayList<>();
    private int cells;
    private long lines;

    /** @param written where the suites' files lie, by their cells */
    StoredOutput(History history, Path written) {
        this.history = history;
        this.written = written;
    }

    /** How many cells are stored as they ran, whole. */
    int cells() {
        return cells;
    }

    /** How many cases they reported. */
    long lines() {
        return lines;
    }

    /** What is missing, too many or different, a sentence each. */
    List<String> troubles() {
        return troubles;
    }

    void compare(long run) throws IOException {
        for (CellLine line : history.cells(run)) {
            if (line.outcome() != Outcome.PASSED) {
                troubles.add(line.cell() + " is " + line.outcome() + ": " + line.why());
            }
        }
        for (Attempt attempt : history.shown(run)) {
            int before = troubles.size();
            compare(attempt);
            cells += troubles.size() == before ? 1 : 0;
        }
    }

    private void compare(Attempt attempt) throws IOException {
        Path base = written.resolve(GuestsProcess.fileName(attempt.cell().toString()));
        for (String role : List.of("journal", "log")) {
            List<Ending.KeptFile> kept = history.files(attempt).stream()
                    .filter(file -> file.role().equals(role))
                    .toList();
            Path was = Path.of(base + "." + role);
            if (kept.size() != 1 || !Files.exists(was)) {
                troubles.add(attempt.cell() + " has no " + role);
                continue;
            }
            try (InputStream in = history.open(kept.getFirst())) {
                if (!new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(Files.readString(was))) {
                    troubles.add("the " + role + " of " + attempt.cell() + " is not what was written");
                }
            }
        }
        Set<String> expected = new HashSet<>();
        Files.readString(Path.of(base + ".journal"))
                .lines()
                .filter(line -> line.startsWith("PASS: "))
                .forEach(line -> expected.add(line.substring(6)));
        List<String> stored = new ArrayList<>();
        history.cases(attempt, result -> {
            stored.add(result.name());
            if (result.verdict() != Verdict.PASS) {
                troubles.add(result.name() + " of " + attempt.cell() + " is stored as " + result.verdict());
            }
        });
        lines += stored.size();
        if (stored.size() != expected.size() || !expected.equals(new HashSet<>(stored))) {
            troubles.add("of " + attempt.cell() + " " + stored.size() + " cases are stored, " + expected.size()
                    + " were written");
        }
    }
}
