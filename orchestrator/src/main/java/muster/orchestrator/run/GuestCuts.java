package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.Guest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which of its ceilings a guest has reached, in the attempt's folder: however the attempt ends, it is told.
 *
 * @param consoleAt the ceiling in bytes at which its console was cut, or 0
 * @param disk why its disk takes no more writes, or empty
 */
record GuestCuts(long consoleAt, String disk) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "cuts.json";
    private static final GuestCuts NONE = new GuestCuts(0, "");

    /** Writes down how it stands, before the guest is ended. */
    static void record(Guest guest, Path attemptFolder) {
        try {
            Files.write(
                    attemptFolder.resolve(FILE),
                    JSON.writeValueAsBytes(new GuestCuts(guest.consoleCutAt(), guest.diskCut())));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** What was written down last; nothing where there was no guest. */
    static GuestCuts read(Path attemptFolder) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(attemptFolder.resolve(FILE)), GuestCuts.class);
        } catch (NoSuchFileException none) {
            return NONE;
        }
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
