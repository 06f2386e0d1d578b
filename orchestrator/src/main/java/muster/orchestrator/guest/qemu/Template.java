package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.home.JsonFile;

/**
 * A guest that was booted and stopped: its memory, the state of its devices, its disk as an overlay over its image's, and what
 * is known of them.
 *
 * @param folder all of it, named by its key
 * @param facts what is known of it
 */
record Template(Path folder, Facts facts) {

    static final String MEMORY = "memory";
    static final String STATE = "state";
    static final String DISK = "disk.qcow2";

    private static final String RECORD = "template.json";

    /**
     * What is known of a template.
     *
     * @param image the name of its image
     * @param memoryBytes what its guest was given
     * @param madeAt when it was stopped
     * @param changed when each of its files was changed last, as the file system tells; nobody can set that
     */
    record Facts(String image, long memoryBytes, Instant madeAt, SortedMap<String, String> changed) {}

    String name() {
        return folder.getFileName().toString();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes down what lies in a folder now. */
    static void seal(Path folder, String image, long memoryBytes, Instant at) throws IOException {
        Facts facts = new Facts(image, memoryBytes, at, changes(folder));
        JsonFile.write(folder.resolve(RECORD), facts);
    }

    /** The one in a folder; empty where there is none. */
    static Optional<Template> read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(RECORD), Facts.class).map(facts -> new Template(folder, facts));
    }

    /** Whether it is as it was made. A guest that breaks out of its machine could write to the memory that others begin with. */
    boolean isSound() throws IOException {
        try {
            return changes(folder).equals(facts.changed());
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** When a guest was last resumed from it. */
    FileTime usedAt() throws IOException {
        return Files.getLastModifiedTime(file(RECORD));
    }

    void use(Instant now) throws IOException {
        Files.setLastModifiedTime(file(RECORD), FileTime.from(now));
    }

    private static SortedMap<String, String> changes(Path folder) throws IOException {
        SortedMap<String, String> changes = new TreeMap<>();
        for (String name : List.of(MEMORY, STATE, DISK)) {
            changes.put(
                    name, Files.getAttribute(folder.resolve(name), "unix:ctime").toString());
        }
        return changes;
    }
}
