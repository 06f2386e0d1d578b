package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script of sh, as suites of tests have them. */
final class Script {

    private Script() {}

    /** Writes an executable one; the line that names sh is put before its text. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
