package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.matrix.Matrix;
import tools.jackson.core.type.TypeReference;

/**
 * What a run must remember to be run or taken up by another process: its matrix file as it was, what was set over it, its
 * place in the queue, and how its drivers were settled: a lane never moves between drivers by itself.
 */
final class RunRecord {

    private static final String MATRIX = "matrix.yaml";
    private static final String SETTINGS = "settings.json";
    private static final String PASSED_OVER = "passed-over.json";
    private static final String QUEUED = "queued-at";
    private static final String PLACE = "queue-place.json";

    private RunRecord() {}

    static void write(Path folder, Matrix matrix, QueuePlace place, Instant queuedAt) throws IOException {
        Matrix.Origin origin = matrix.origin();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(QUEUED), queuedAt.toString());
        Files.copy(origin.file(), folder.resolve(MATRIX));
        JsonFile.write(folder.resolve(SETTINGS), origin.settings());
        JsonFile.write(folder.resolve(PASSED_OVER), matrix.passedOver());
        JsonFile.write(folder.resolve(PLACE), place);
    }

    /** When its run was queued, if it ever was; empty of one that an older version wrote. */
    static Optional<Instant> queuedAt(Path folder) throws IOException {
        try {
            return Optional.of(Instant.parse(Files.readString(folder.resolve(QUEUED))));
        } catch (NoSuchFileException | DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** Where a run stands in the queue. */
    static QueuePlace place(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(PLACE), QueuePlace.class).orElse(QueuePlace.USUAL);
    }

    static Matrix read(Path folder, Installation installation, FarmConfig config) throws IOException, ConfigError {
        SortedMap<String, String> passedOver = texts(folder.resolve(PASSED_OVER));
        return Matrix.read(
                folder.resolve(MATRIX),
                texts(folder.resolve(SETTINGS)),
                installation,
                config,
                driver -> Optional.ofNullable(passedOver.get(driver)));
    }

    private static SortedMap<String, String> texts(Path file) throws IOException {
        return JsonFile.read(file, new TypeReference<TreeMap<String, String>>() {})
                .orElseThrow(() -> new NoSuchFileException(file.toString()));
    }
}
