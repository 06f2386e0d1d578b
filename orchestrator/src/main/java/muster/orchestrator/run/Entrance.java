package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import muster.orchestrator.home.JsonFile;

/**
 * By what a person enters a guest that has answered; lies in the folder of its attempt.
 *
 * @param socket the unix socket of its SSH server
 * @param hostKey the public key by which it is known, one line
 */
public record Entrance(String socket, String hostKey) {

    private static final String FILE = "entrance.json";

    /** Empty while the attempt has no guest that has answered. */
    public static Optional<Entrance> read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), Entrance.class);
    }

    void write(Path folder) throws IOException {
        JsonFile.write(folder.resolve(FILE), this);
    }
}
