package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.home.JsonFile;

/**
 * Which of its ceilings a guest has reached, in the attempt's folder: however the attempt ends, it is told.
 *
 * @param consoleAt the ceiling in bytes at which its console was cut, or 0
 * @param disk why its disk takes no more writes, or empty
 */
record GuestCuts(long consoleAt, String disk) {

    private static final String FILE = "cuts.json";
    private static final GuestCuts NONE = new GuestCuts(0, "");

    /** Writes down how it stands, before the guest is ended. */
    static void record(Guest guest, Path attemptFolder) {
        try {
            JsonFile.write(attemptFolder.resolve(FILE), new GuestCuts(guest.consoleCutAt(), guest.diskCut()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** What was written down last; nothing where there was no guest. */
    static GuestCuts read(Path attemptFolder) throws IOException {
        return JsonFile.read(attemptFolder.resolve(FILE), GuestCuts.class).orElse(NONE);
    }

    /** A sentence for each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (consoleAt > 0) {
            notes.add("console cut after " + consoleAt + " bytes");
        }
        if (!disk.isEmpty()) {
            notes.add(disk);
        }
        return notes;
    }
}
