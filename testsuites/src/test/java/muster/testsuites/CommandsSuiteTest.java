package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the suite {@code commands}, with a few lines in the place of toybox's tests. */
class CommandsSuiteTest {
    @TempDir
    Path folder;

    @BeforeEach
    void putScriptsAndTests() throws IOException {
        for (String script : List.of("run", "run-case", "tests-of")) {
            Files.copy(Path.of("suites/commands", script), folder.resolve(script));
            assertThat(folder.resolve(script).toFile().setExecutable(true)).isTrue();
        }
        Files.createDirectories(folder.resolve("toybox/tests"));
        Files.createDirectories(folder.resolve("toybox/scripts"));
        Files.createDirectories(folder.resolve("work"));
        Files.writeString(folder.resolve("toybox/scripts/runtest.sh"), "pass() { echo \"PASS: $CMDNAME $1\"; }\n");
        tests("cat", "pass one; pass \"${C##*/}\"");
        tests("ls", "pass one; printf half; sleep 20");
        tests("sort", "pass one; exit 3");
        tests("no-such-command", "pass never");
        Files.writeString(folder.resolve("command-names"), "cat\nls\nno-such-command\nsort\n");
    }

    private void tests(String command, String text) throws IOException {
        Files.writeString(folder.resolve("toybox/tests/" + command + ".test"), text + "\n");
    }

    private int run(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.resolve("work").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "COMMAND_LIMIT", "1",
                        "MUSTER_JOURNAL", folder + "/journal",
                        "MUSTER_SUBJECTS", folder + "/subjects"));
        return builder.start().waitFor();
    }

    @Test
    void everyCommandLeavesAResultWhateverBecomesOfItsTests() throws Exception {
        assertThat(run(folder + "/run")).isZero();
        assertThat(Files.readAllLines(folder.resolve("journal")))
                .containsExactly(
                        "PASS: cat one",
                        "PASS: cat cat",
                        "PASS: ls one",
                        "half",
                        "TIMEOUT: ls (the rest of its tests)",
                        "no end after 1 s",
                        "SKIP: no-such-command (there is no such command)",
                        "PASS: sort one",
                        "UNRESOLVED: sort (the rest of its tests)",
                        "they stopped with exit status 3",
                        "END: 7");
    }

    @Test
    void whatWasTestedIsToldByResolvedPath() throws Exception {
        run(folder + "/run");
        assertThat(Files.readAllLines(folder.resolve("subjects")))
                .hasSize(3)
                .allMatch(line -> line.matches("(cat|ls|sort)\t/[^\t]+\t[^\t]*"));
    }

    @Test
    void oneCaseRunsTheTestsOfItsCommand() throws Exception {
        assertThat(run(folder + "/run-case", "cat one")).isZero();
        assertThat(folder.resolve("journal")).hasContent("PASS: cat one\nPASS: cat cat\nEND: 2\n");
    }
}
