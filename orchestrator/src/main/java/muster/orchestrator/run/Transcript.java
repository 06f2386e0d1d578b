package muster.orchestrator.run;

import java.nio.file.Path;
import java.util.Locale;

/** What can be read of an attempt, live or later. */
public enum Transcript {
    /** Standard output and error of the suite's scripts. */
    LOG("log"),
    /** The suite's own results. */
    JOURNAL("journal"),
    /** What the suite said it would run, a case a line; not there where it does not say. */
    MANIFEST("manifest"),
    /** What the guest's console said. */
    CONSOLE("guest/console.log");

    private final String place;

    Transcript(String place) {
        this.place = place;
    }

    /** Its role among kept files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Transcript ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Where it grows while the attempt is under way. */
    public Path file(Path attemptFolder) {
        return attemptFolder.resolve(place);
    }
}
