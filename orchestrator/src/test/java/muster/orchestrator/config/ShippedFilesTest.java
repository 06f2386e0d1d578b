package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Matrix;
import muster.testsuites.format.ResultFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that people get. */
class ShippedFilesTest {

    private static final Path ROOT = TestInstallation.shipped();

    @TempDir
    Path home;

    private Installation installation() {
        return new Installation(ROOT, home, new LinkedHashSet<>(ResultFormats.names()), GuestDrivers.names());
    }

    @Test
    void everyYamlFileNamesItsSchemaAndTheSchemaIsThere() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("config", "images/recipes", "testsuites/suites")) {
            if (Files.isDirectory(ROOT.resolve(folder))) {
                try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
                    all.filter(file -> file.toString().endsWith(".yaml")).forEach(files::add);
                }
            }
        }
        assertThat(files).contains(ROOT.resolve("config/farm.yaml"), ROOT.resolve("config/matrices/quickstart.yaml"));
        for (Path file : files) {
            String first = Files.readAllLines(file).getFirst();
            assertThat(first).as(file.toString()).startsWith("# yaml-language-server: $schema=");
            assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1)))
                    .isRegularFile();
        }
    }

    @Test
    void farmYamlSaysWhatHoldsWithoutIt() throws IOException, ConfigError {
        FarmConfig shipped = installation().farm();
        Path empty = Files.writeString(home.resolve("empty.yaml"), "");
        FarmConfig usual = FarmReader.read(List.of(new ConfigFile.Source(empty, "empty")), TestInstallation.DRIVERS);
        assertThat(shipped).isEqualTo(usual);
        String text = Files.readString(ROOT.resolve("config/farm.yaml"));
        Schema.FARM.keys().forEach(key -> assertThat(text).contains("\n" + key + ":"));
    }

    @Test
    void quickstartIsThreeDistributionsBySuiteCommandsOnUml() throws ConfigError {
        assumeThat(ROOT.resolve("images/recipes/debian-12.yaml")).as("recipes").exists();
        assumeThat(ROOT.resolve("testsuites/suites/commands"))
                .as("the suite commands")
                .exists();
        Matrix matrix = Matrix.read(
                ROOT.resolve("config/matrices/quickstart.yaml"),
                new TreeMap<>(),
                installation(),
                installation().farm());
        assertThat(matrix.cells().stream().map(Cell::key).map(Object::toString))
                .containsExactly(
                        "debian-11:commands:default@uml",
                        "debian-12:commands:default@uml",
                        "debian-13:commands:default@uml");
    }

    @Test
    void everyRecipeAndSuiteCanBeRead() throws ConfigError {
        assertThat(installation().recipes())
                .hasSameSizeAs(installation().recipeFiles().keySet());
        assertThat(installation().suites())
                .hasSameSizeAs(installation().suiteFiles().keySet());
    }
}
