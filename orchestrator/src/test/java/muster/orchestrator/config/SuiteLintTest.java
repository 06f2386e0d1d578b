package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.images.Tools;
import muster.orchestrator.guest.GuestDrivers;
import muster.testsuites.format.ResultFormats;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteLintTest {

    private static final String SUITE = """
            suite: mine
            description: for a test
            format: toybox
            commands:
              run: run
            """;

    @TempDir
    Path folder;

    private Path suite;
    private Path run;

    @BeforeEach
    void aSuiteWithoutMistakes() throws IOException {
        suite = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(suite.resolve("suite.yaml"), SUITE);
        run = script("run", "#!/bin/sh\necho run\n");
        Files.writeString(suite.resolve("notes"), "no script");
    }

    @Test
    void aGoodSuiteHasNoMistakes() throws Exception {
        assertThat(problems()).isEmpty();
    }

    @Test
    void theSuitesThatAreShippedHaveNone() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Installation shipped = new Installation(root, folder, Set.copyOf(ResultFormats.names()), GuestDrivers.names());
        for (Map.Entry<String, Path> each : shipped.suiteFiles().entrySet()) {
            assertThat(new SuiteLint(shipped, new Tools(), SuiteLint.SourceTry.NONE)
                            .check(each.getKey(), each.getValue())
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void aMistakeOfSyntaxIsToldWithItsLine() throws Exception {
        script("run", "#!/bin/sh\nif true; then\n  echo 1\n");
        assertThat(problems())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith(run + ":4:1: sh cannot read the script: ")
                        .contains("end of file"));
    }

    @Test
    void helpersAreLookedAtToo() throws Exception {
        script("helper", "#!/bin/bash\n\nfi\n");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(suite.resolve("helper") + ":3:1: bash cannot read the script: ");
    }

    @Test
    void aScriptForAShellThatGuestsMayLackIsAMistakeUnlessItsPackageIsNamed() throws Exception {
        script("run", "#!/bin/bash\necho run\n");
        assertThat(problems())
                .containsExactly(
                        run + ":1:1: the script is run by 'bash', which not every guest has: expected #!/bin/sh,"
                                + " or bash among the suite's packages");
        Files.writeString(suite.resolve("suite.yaml"), SUITE + "packages: [bash]\n");
        assertThat(problems()).isEmpty();
        script("run", "echo run\n");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(run + ":1:1: the script does not say what runs it");
    }

    @Test
    void carriageReturnsAreToldWhereTheyBegin() throws Exception {
        script("run", "#!/bin/sh\necho run\r\necho more\r\n");
        assertThat(problems()).singleElement().asString().startsWith(run + ":2:9: lines end with a carriage return");
    }

    @Test
    void mistakesOfTheFileAndOfScriptsAreToldTogether() throws Exception {
        Files.writeString(suite.resolve("suite.yaml"), SUITE.replace("toybox", "toibox"));
        script("run", "#!/bin/sh\n(\n");
        assertThat(problems())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("suite.yaml:3:9: unknown format 'toibox'", "'toybox'"))
                .anySatisfy(text -> assertThat(text).startsWith(run + ":"));
    }

    @Test
    void theListOfCasesIsRunWhereItNeedsNoGuest() throws Exception {
        assumeTrue(Tools.has("bwrap"), "needs bubblewrap: apt-get install bubblewrap");
        Files.writeString(suite.resolve("suite.yaml"), SUITE.replace("run: run", "run: run\n  list: list"));
        script("list", "#!/bin/sh\necho one\necho two\n");
        assertThat(problems()).isEmpty();
        script("list", "#!/bin/sh\necho one\necho one\n");
        assertThat(problems())
                .containsExactly(suite.resolve("suite.yaml")
                        + ":6:9: 'list' for the variant default names 'one' twice: expected each case once");
        script("list", "#!/bin/sh\necho oops >&2\ntouch /etc/muster-was-here\n");
        assertThat(problems()).singleElement().asString().contains("ended with status 1", "oops", "Read-only");
    }

    @Test
    void whatPrepareMakesIsNotExpectedHere() throws Exception {
        Files.writeString(
                suite.resolve("suite.yaml"), SUITE.replace("run: run", "run: run\n  list: run\n  prepare: run"));
        assertThat(lint(SuiteLint.SourceTry.NONE).remarks())
                .singleElement()
                .asString()
                .contains("was not run");
    }

    @Test
    void aSourceThatCannotBeHadIsToldAtItsAddress() throws Exception {
        Files.writeString(suite.resolve("suite.yaml"), SUITE + """
                sources:
                  - uri: http://up.example/a.tar
                    sha256: %s
                """.formatted("0".repeat(64)));
        assertThat(lint(source -> Optional.of("cannot fetch " + source.uri())).problems())
                .singleElement()
                .asString()
                .contains("suite.yaml:7:5: cannot fetch http://up.example/a.tar: expected");
    }

    private List<String> problems() throws Exception {
        return lint(SuiteLint.SourceTry.NONE).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    private SuiteLint.Report lint(SuiteLint.SourceTry sources) throws Exception {
        Installation elsewhere = new Installation(folder.resolve("root"), folder, Set.of("toybox"), Set.of("uml"));
        return new SuiteLint(elsewhere, new Tools(), sources).check("mine", suite.resolve("suite.yaml"));
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(suite.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
