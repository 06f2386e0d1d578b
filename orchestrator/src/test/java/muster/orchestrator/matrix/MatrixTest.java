package muster.orchestrator.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.TestInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {

    private static final String NIGHTLY = """
            matrix: nightly
            distributions: [debian-12, debian-11]
            suites:
              posix: { variants: [full, quick], limits: { suite: 1h } }
              commands: {}
            limits: { silence: 10m }
            """;

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
    }

    private static List<String> keys(List<Cell> cells) {
        return cells.stream().map(cell -> cell.key().toString()).toList();
    }

    private static Cell cell(Matrix matrix, String key) {
        return matrix.cells().stream()
                .filter(cell -> cell.key().toString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cellsAreDistributionsBySuitesByVariantsInTheFilesOrder() throws IOException, ConfigError {
        assertThat(keys(test.matrix(NIGHTLY).cells()))
                .containsExactly(
                        "debian-12:posix:full@uml",
                        "debian-12:posix:quick@uml",
                        "debian-12:commands:default@uml",
                        "debian-11:posix:full@uml",
                        "debian-11:posix:quick@uml",
                        "debian-11:commands:default@uml");
    }

    @Test
    void aSuiteThatNamesNoVariantsIsRunWithAllOfThem() throws IOException, ConfigError {
        String yaml = "matrix: m\ndistributions: [debian-11]\nsuites: { posix: {} }\n";
        assertThat(keys(test.matrix(yaml).cells()))
                .containsExactly("debian-11:posix:quick@uml", "debian-11:posix:full@uml");
    }

    @Test
    void exclusionsLeaveOutWhatTheyName() throws IOException, ConfigError {
        Matrix matrix = test.matrix(NIGHTLY + """
                exclude:
                  - { distribution: debian-11, suite: "posix:full", reason: hours }
                  - { suite: commands, driver: uml, reason: broken there }
                """);
        assertThat(keys(matrix.cells()))
                .containsExactly("debian-12:posix:full@uml", "debian-12:posix:quick@uml", "debian-11:posix:quick@uml");
        assertThat(keys(matrix.excluded()))
                .containsExactly(
                        "debian-12:commands:default@uml", "debian-11:posix:full@uml", "debian-11:commands:default@uml");
    }

    @Test
    void eachDistributionTakesTheFirstPreferredDriverThatItsRecipeNames() throws IOException, ConfigError {
        test.write(
                "program/images/recipes/debian-12.yaml",
                TestInstallation.recipe("debian-12").replace("[uml]", "[uml, qemu]\nkernel: linux-image-cloud-amd64"));
        assertThat(keys(test.matrix(NIGHTLY + "guest: { driver: [qemu, uml] }\n")
                        .cells()))
                .contains("debian-12:commands:default@qemu", "debian-11:commands:default@uml");
    }

    @Test
    void driversAsAnAxisGiveACellEachWhereTheRecipeAllowsIt() throws IOException, ConfigError {
        twoDriversFor("debian-12");
        Matrix matrix = test.matrix("""
                matrix: m
                distributions: [debian-12, debian-11]
                suites: { commands: {} }
                drivers: [qemu, uml]
                """);
        assertThat(keys(matrix.cells()))
                .containsExactly(
                        "debian-12:commands:default@qemu",
                        "debian-12:commands:default@uml",
                        "debian-11:commands:default@uml");
        assertThat(matrix.remarks()).containsExactly("debian-11 does not run on qemu: its recipe names uml");
    }

    @Test
    void aDistributionThatNoDriverOfTheAxisRunsIsAMistake() {
        assertThatThrownBy(() -> test.matrix(NIGHTLY + "drivers: [qemu]\n"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("no driver for 'debian-12' among qemu");
    }

    @Test
    void anAxisAndAPreferenceTogetherAreAMistake() {
        assertThatThrownBy(() -> test.matrix(NIGHTLY + "drivers: [uml]\nguest: { driver: [uml] }\n"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("both 'drivers' and 'guest.driver' say what runs the guests");
    }

    @Test
    void aDriverThatDoesNotWorkHereIsPassedOverWithItsReason() throws IOException, ConfigError {
        twoDriversFor("debian-12");
        Path file = test.write("m.yaml", NIGHTLY + "guest: { driver: [qemu, uml] }\n");
        List<String> asked = new ArrayList<>();
        Matrix matrix = Matrix.read(
                file, new TreeMap<>(), test.installation(), test.installation().farm(), driver -> {
                    asked.add(driver);
                    return driver.equals("qemu") ? Optional.of("it has no processor") : Optional.empty();
                });
        assertThat(keys(matrix.cells()))
                .contains("debian-12:commands:default@uml")
                .noneMatch(key -> key.endsWith("@qemu"));
        assertThat(matrix.remarks()).contains("debian-12 passes over qemu: it has no processor");
        assertThat(matrix.passedOver()).containsExactly(java.util.Map.entry("qemu", "it has no processor"));
        assertThat(asked).as("asked only where there is a choice").containsExactly("qemu", "uml");
    }

    private void twoDriversFor(String distribution) throws IOException {
        test.write(
                "program/images/recipes/" + distribution + ".yaml",
                TestInstallation.recipe(distribution).replace("[uml]", "[uml, qemu]\nkernel: linux-image-cloud-amd64"));
    }

    @Test
    void limitsComeFromTheSuiteThenTheMatrixThenTheFarm() throws IOException, ConfigError {
        test.write("home/farm.yaml", "limits: { boot: 7m, suite: 2h, silence: 3m }\n");
        Matrix matrix = test.matrix(NIGHTLY);
        assertThat(cell(matrix, "debian-11:posix:full@uml").limits())
                .isEqualTo(new Cell.Limits(Duration.ofMinutes(7), Duration.ofHours(1), Duration.ofMinutes(10), 2));
        assertThat(cell(matrix, "debian-11:commands:default@uml").limits())
                .isEqualTo(new Cell.Limits(Duration.ofMinutes(7), Duration.ofHours(2), Duration.ofMinutes(10), 2));
    }

    @Test
    void memoryIsTheMatrixsOrWhatTheSuiteNeedsWhicheverIsMore() throws IOException, ConfigError {
        Matrix matrix = test.matrix(NIGHTLY + "guest: { memory: 600M, cpus: 2 }\n");
        assertThat(cell(matrix, "debian-11:commands:default@uml").guest()).isEqualTo(new Cell.Shape(600L << 20, 2));
        assertThat(cell(matrix, "debian-11:posix:full@uml").guest()).isEqualTo(new Cell.Shape(1L << 30, 2));
        Matrix more = test.matrix(NIGHTLY.replace("commands: {}", "commands: { memory: 700M }"));
        assertThat(cell(more, "debian-11:commands:default@uml").guest()).isEqualTo(new Cell.Shape(700L << 20, 1));
    }

    @Test
    void settingsGoBeforeTheFile() throws IOException, ConfigError {
        Matrix matrix = test.matrix(
                NIGHTLY,
                "limits.silence=10s",
                "guest.memory=2G",
                "distributions=[debian-sid]",
                "suites.commands.limits.suite=20s");
        assertThat(keys(matrix.cells())).hasSize(3).contains("debian-sid:commands:default@uml");
        Cell commands = cell(matrix, "debian-sid:commands:default@uml");
        assertThat(commands.limits().silence()).isEqualTo(Duration.ofSeconds(10));
        assertThat(commands.limits().suite()).isEqualTo(Duration.ofSeconds(20));
        assertThat(commands.guest().memoryBytes()).isEqualTo(2L << 30);
        assertThat(matrix.origin().settings()).hasSize(4);
        assertThat(matrix.origin().digest())
                .isEqualTo(test.matrix(NIGHTLY).origin().digest());
    }

    @Test
    void aSettingReplacesAMappingWhole() throws IOException, ConfigError {
        assertThat(keys(test.matrix(NIGHTLY, "suites={ commands: {} }").cells()))
                .containsExactly("debian-12:commands:default@uml", "debian-11:commands:default@uml");
    }

    @Test
    void theEnvironmentIsTheSuitesThenTheVariants() throws IOException, ConfigError {
        assertThat(cell(test.matrix(NIGHTLY), "debian-11:posix:quick@uml").environment())
                .containsExactly(java.util.Map.entry("SUBSET", "quick"));
    }
}
