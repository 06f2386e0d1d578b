package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import muster.images.Recipe;
import muster.testsuites.Suite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
    }

    @Test
    void readsARecipeWithItsDefaults() throws ConfigError {
        Recipe recipe = test.installation().recipe("debian-12").orElseThrow().recipe();
        assertThat(recipe)
                .isEqualTo(new Recipe(
                        "debian-12",
                        "amd64",
                        "A system",
                        new Recipe.Bootstrap(
                                List.of(new Recipe.Archive(
                                        "http://deb.debian.org/debian", List.of("bookworm"), List.of("main"))),
                                true),
                        List.of("systemd-sysv", "openssh-server"),
                        List.of(),
                        null,
                        3L << 30,
                        List.of("uml"),
                        Recipe.Refresh.DAILY,
                        List.of()));
        assertThat(test.installation().recipe("debian-99")).isEmpty();
    }

    @Test
    void aRecipesDigestIsThatOfItsFile() throws IOException, ConfigError {
        RecipeFile recipe = test.installation().recipe("debian-12").orElseThrow();
        assertThat(recipe.digest()).isEqualTo(Digests.of(Files.readAllBytes(recipe.file())));
    }

    @Test
    void readsASuiteWithItsDefaults() throws ConfigError {
        Suite suite = test.installation().suite("commands").orElseThrow();
        assertThat(suite.folder()).isEqualTo(test.root.resolve("testsuites/suites/commands"));
        assertThat(suite.user()).isEqualTo("tester");
        assertThat(suite.cpu()).isEqualTo(1);
        assertThat(suite.memoryBytes()).isNull();
        assertThat(suite.commands()).isEqualTo(new Suite.Commands(null, "run", null, null));
        assertThat(suite.variants()).containsOnlyKeys("default");
        assertThat(suite.sources()).isEmpty();
        assertThat(test.installation().suite("comands")).isEmpty();
    }

    @Test
    void aSuitesDigestChangesWithItsFilesAndTheirNamesAlone() throws IOException, ConfigError {
        Path run = test.root.resolve("testsuites/suites/commands/run");
        String digest = test.installation().suite("commands").orElseThrow().digest();
        Files.setLastModifiedTime(run, FileTime.fromMillis(0));
        assertThat(test.installation().suite("commands").orElseThrow().digest()).isEqualTo(digest);
        Files.writeString(run, "#!/bin/sh\nexit 1\n");
        String changed = test.installation().suite("commands").orElseThrow().digest();
        assertThat(changed).isNotEqualTo(digest).matches("[0-9a-f]{64}");
        test.write("program/testsuites/suites/commands/cases/one", "");
        assertThat(test.installation().suite("commands").orElseThrow().digest()).isNotIn(digest, changed);
    }

    @Test
    void theHomeAddsRecipesAndSuites() throws IOException, ConfigError {
        test.write("home/recipes/mine.yaml", TestInstallation.recipe("mine"));
        test.write("home/recipes/notes.txt", "");
        test.script("home/suites/own/run");
        test.write("home/suites/own/suite.yaml", """
                suite: own
                description: My tests
                format: tet
                commands: { run: run }
                """);
        assertThat(test.installation().recipeFiles()).containsOnlyKeys("debian-11", "debian-12", "debian-sid", "mine");
        assertThat(test.installation().recipes()).hasSize(4);
        assertThat(test.installation().suites().stream().map(Suite::name)).containsExactly("commands", "own", "posix");
    }

    @Test
    void suitesShareAFolder() throws IOException, ConfigError {
        test.write("program/testsuites/suites/posix/suite-tet.yaml", """
                suite: posix-tet
                description: The same, told in another format
                format: tet
                packages: [gcc]
                commands: { run: run }
                variants:
                  quick:
                    packages: [gcc, make]
                    sources: [{ uri: "http://a.org/b.tar", sha256: %s }]
                """.formatted("0".repeat(64)));
        assertThat(test.installation().suites().stream().map(Suite::name))
                .containsExactly("commands", "posix", "posix-tet");
        Suite suite = test.installation().suite("posix-tet").orElseThrow();
        assertThat(suite.folder())
                .isEqualTo(test.installation().suite("posix").orElseThrow().folder());
        Suite.Variant quick = suite.variants().get("quick");
        assertThat(suite.packages(quick)).containsExactly("gcc", "make");
        assertThat(suite.sources(quick)).extracting(Suite.Source::fileName).containsExactly("b.tar");
        test.write("program/testsuites/suites/posix/suite-other.yaml", "suite: posix-tet");
        assertThatThrownBy(() -> test.installation().suite("posix-other")).hasMessageContaining("suite-other.yaml");
    }

    @Test
    void theHomesFarmGoesBeforeTheShippedOneKeyByKey() throws IOException, ConfigError {
        test.write(
                "program/config/farm.yaml",
                "guest: { memory: 1G, cpus: 2 }\nmirrors: { \"http://a.org/x\": \"http://b.org/x\" }\n");
        test.write(
                "home/farm.yaml",
                "guest: { memory: 2G }\nzone: Europe/Berlin\nmirrors: { \"http://c.org/x\": \"http://d.org/x\" }\n");
        FarmConfig farm = test.installation().farm();
        assertThat(farm.guest()).isEqualTo(new FarmConfig.Guest(2L << 30, 2, List.of("uml")));
        assertThat(farm.mirrors())
                .isEqualTo(Map.of("http://a.org/x", "http://b.org/x", "http://c.org/x", "http://d.org/x"));
        assertThat(farm.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void autoIsThreeQuartersOfMemoryAndHalfAgainTheProcessors() throws IOException, ConfigError {
        HostCapacity host = new HostCapacity(8L << 30, 2);
        assertThat(test.installation().farm().budget(host)).isEqualTo(new FarmConfig.Budget(6L << 30, 3));
        test.write("home/farm.yaml", "memory: 4G\ncpus: 1.5\n");
        assertThat(test.installation().farm().budget(host)).isEqualTo(new FarmConfig.Budget(4L << 30, 1.5));
    }

    @Test
    void thisHostHasSomething() throws IOException {
        HostCapacity host = HostCapacity.here();
        assertThat(host.availableBytes()).isGreaterThan(1 << 20);
        assertThat(host.cpus()).isPositive();
        assertThat(HostCapacity.meminfo("MemTotal:       2048 kB\nMemAvailable:   1024 kB\n", "MemAvailable"))
                .isEqualTo(1 << 20);
    }
}
