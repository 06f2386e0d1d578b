package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Journals to read: small ones of our own, and real ones, which stand beside the project's folder where there are any. */
final class Samples {
    private Samples() {}

    /** A real one, unpacked; the test that asks is skipped, saying so, where it is not there. */
    static byte[] real(String name) throws IOException {
        Path file = Stream.of("../shared/samples", "../../shared/samples", "../../../shared/samples")
                .map(samples -> Path.of(samples, name))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(file != null, "no sample " + name + " beside the project");
        try (InputStream in = Unpacked.of(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return in.readAllBytes();
        }
    }

    /** Our own of this format, whole. */
    static byte[] own(String format) throws IOException {
        return resource(format + ".journal");
    }

    /** What should be read of it. */
    static String expected(String format) throws IOException {
        return new String(resource(format + ".expected"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
