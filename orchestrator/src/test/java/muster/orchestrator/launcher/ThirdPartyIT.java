package muster.orchestrator.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runnable jar and the list of what it brings along. */
final class ThirdPartyIT {

    private static final Path TARGET = Path.of("target");

    @Test
    void everyJarInTheClassPathIsListedWithItsLicenceAndNoOther() throws IOException {
        List<String> listed = Pattern.compile("^\\| (\\S+\\.jar) \\| [^|]+ \\| [^|]+ \\| \\S+ \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "THIRD-PARTY.md")))
                .results()
                .map(line -> line.group(1))
                .toList();
        List<String> foreign = classPath().stream()
                .map(entry -> entry.replaceFirst("^lib/", ""))
                .filter(jar -> !jar.matches("(images|testsuites|reports)-[^/]*"))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void everyJarInTheClassPathLiesBesideTheRunnableJar() throws IOException {
        assertThat(classPath())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(TARGET.resolve(entry)).isRegularFile());
    }

    private static List<String> classPath() throws IOException {
        try (JarFile jar = new JarFile(TARGET.resolve("muster.jar").toFile())) {
            String entries = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return List.of(entries.split(" ", -1));
        }
    }
}
