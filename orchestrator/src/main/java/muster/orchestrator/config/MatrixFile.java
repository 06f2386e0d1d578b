package muster.orchestrator.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A matrix file that meets its schema; what it names is not looked up yet.
 *
 * @param root its keys
 * @param digest SHA-256 of the file, in hex
 */
public record MatrixFile(Section root, String digest) {

    /** @param settings dotted path of keys to a value in YAML, laid over the file */
    public static MatrixFile read(Installation installation, Path path, Map<String, String> settings)
            throws ConfigError {
        ConfigFile file = ConfigFile.read(Schema.MATRIX, List.of(installation.source(path)), settings);
        return new MatrixFile(file.root(), file.digest());
    }
}
