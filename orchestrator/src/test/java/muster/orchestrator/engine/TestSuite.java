package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Suites of one script, run by root of a guest. */
final class TestSuite {

    private TestSuite() {}

    /**
     * Writes one.
     *
     * @param folder where it is to have a folder of its name
     * @param cpu how many processors it says that it keeps busy
     * @return its folder
     */
    static Path write(Path folder, String name, double cpu, String script) throws IOException {
        Path suite = Files.createDirectories(folder.resolve(name));
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: %s
                description: for a test
                format: toybox
                user: root
                cpu: %s
                commands: { run: run }
                variants: { default: {} }
                """.formatted(name, cpu));
        Path file = Files.writeString(suite.resolve("run"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return suite;
    }
}
