package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * By what a person enters a guest that has answered; lies in the folder of its attempt.
 *
 * @param socket the unix socket of its SSH server
 * @param hostKey the public key by which it is known, one line
 */
public record Entrance(String socket, String hostKey) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "entrance.json";

    /** Empty while the attempt has no guest that has answered. */
    public static Optional<Entrance> read(Path folder) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), Entrance.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        Path fresh = folder.resolve(FILE + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(this));
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
