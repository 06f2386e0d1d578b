package muster.testsuites.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real journals, which stand beside the project's folder where there are any. */
final class Samples {
    private Samples() {}

    /** Its bytes; the test that asks is skipped, saying so, where it is not there. */
    static byte[] sample(String name) throws IOException {
        Path file = Stream.of("../shared/samples", "../../shared/samples", "../../../shared/samples")
                .map(samples -> Path.of(samples, name))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(file != null, "no sample " + name + " beside the project");
        return Files.readAllBytes(file);
    }
}
