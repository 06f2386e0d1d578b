package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.home.JsonFile;
import muster.reports.Ending;
import muster.reports.view.CellView;

/**
 * The attempts that a retry stands in for; kept in its folder.
 *
 * @param retries how many retries of the cell there were with this one; 0 for a main attempt
 * @param words how the earlier ones ended, a sentence, or empty
 */
record Earlier(int retries, String words) {

    static final Earlier NONE = new Earlier(0, "");

    private static final String FILE = "earlier.json";
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth", "sixth");

    /** With one more that has ended. */
    Earlier and(Ending ended) {
        return and(ended.outcome().word(), ended.why());
    }

    /** Those of a cell of which no folder is left: all of them have ended, and only of the last it is known why. */
    static Earlier of(CellView cell) {
        Earlier all = NONE;
        List<CellView.AttemptLine> attempts = cell.attempts().stream()
                .filter(attempt -> attempt.kind().standsForCell())
                .toList();
        for (CellView.AttemptLine attempt : attempts) {
            all = all.and(
                    attempt.state(),
                    attempt.equals(attempts.getLast()) ? cell.line().why() : "");
        }
        return all;
    }

    Earlier and(AttemptOutcome ended) {
        return and(ended.outcome().word(), ended.why());
    }

    private Earlier and(String outcome, String why) {
        String place = retries < PLACES.size() ? PLACES.get(retries) : "one before";
        String told = "the " + place + ": " + outcome
                + why.lines().findFirst().map(line -> ": " + line).orElse("");
        return new Earlier(retries + 1, words.isEmpty() ? told : words + "; " + told);
    }

    /** For people: which attempt it is, and how those before it ended; empty for a main one. */
    String told() {
        return retries == 0 ? "" : "attempt " + (retries + 1) + "; " + words;
    }

    static Earlier read(Path attemptFolder) throws IOException {
        return JsonFile.read(attemptFolder.resolve(FILE), Earlier.class).orElse(NONE);
    }

    void write(Path attemptFolder) throws IOException {
        Files.createDirectories(attemptFolder);
        JsonFile.write(attemptFolder.resolve(FILE), this);
    }
}
