package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import muster.reports.Ending;
import tools.jackson.databind.json.JsonMapper;

/**
 * The attempts that a retry stands in for; kept in its folder.
 *
 * @param retries how many retries of the cell there were with this one; 0 for a main attempt
 * @param words how the earlier ones ended, a sentence, or empty
 */
record Earlier(int retries, String words) {

    static final Earlier NONE = new Earlier(0, "");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "earlier.json";
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth", "sixth");

    /** With one more that has ended. */
    Earlier and(Ending ended) {
        String place = retries < PLACES.size() ? PLACES.get(retries) : "one before";
        String why = ended.why().lines().findFirst().orElse("");
        String told = "the " + place + ": " + ended.outcome().word() + ": " + why;
        return new Earlier(retries + 1, words.isEmpty() ? told : words + "; " + told);
    }

    /** For people: which attempt it is, and how those before it ended; empty for a main one. */
    String told() {
        return retries == 0 ? "" : "attempt " + (retries + 1) + "; " + words;
    }

    static Earlier read(Path attemptFolder) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(attemptFolder.resolve(FILE)), Earlier.class);
        } catch (NoSuchFileException none) {
            return NONE;
        }
    }

    void write(Path attemptFolder) throws IOException {
        Files.createDirectories(attemptFolder);
        Files.write(attemptFolder.resolve(FILE), JSON.writeValueAsBytes(this));
    }
}
