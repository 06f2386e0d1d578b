package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.matrix.Matrix;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a run must remember to be taken up by another process: its matrix file as it was, and what was set over it. */
final class RunRecord {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MATRIX = "matrix.yaml";
    private static final String SETTINGS = "settings.json";

    private RunRecord() {}

    static void write(Path folder, Matrix.Origin origin) throws IOException {
        Files.createDirectories(folder);
        Files.copy(origin.file(), folder.resolve(MATRIX));
        Files.write(folder.resolve(SETTINGS), JSON.writeValueAsBytes(origin.settings()));
    }

    static Matrix read(Path folder, Installation installation, FarmConfig config) throws IOException, ConfigError {
        SortedMap<String, String> settings = JSON.readValue(
                Files.readAllBytes(folder.resolve(SETTINGS)), new TypeReference<TreeMap<String, String>>() {});
        return Matrix.read(folder.resolve(MATRIX), settings, installation, config);
    }
}
