package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the suite {@code posix}, with tests of our own that misbehave. */
class PosixSuiteTest {
    @TempDir
    static Path folder;

    private static SuiteScripts scripts;

    @BeforeAll
    static void buildTests() throws Exception {
        scripts =
                new SuiteScripts("posix", folder).with("MUSTER_VARIANT", "ours").with("CASE_LIMIT", "1");
        Assumptions.assumeTrue(
                cc("-o", scripts.suite + "/run-test", scripts.suite + "/run-test.c"),
                "there is no C compiler (cc) on this host to build tests with");
        test("passes", "int main(void) { return 0; }");
        test("fails", "#include <stdio.h>\nint main(void) { printf(\"no newline\"); return 1; }");
        test("crashes", "#include <stdlib.h>\nint main(void) { abort(); }");
        test("hangs", """
                #include <stdio.h>
                #include <unistd.h>
                int main(void) { if (fork() == 0) setsid(); puts("waits"); fflush(stdout); for (;;) pause(); }""");
        test("kills-its-group", "#include <signal.h>\nint main(void) { kill(0, SIGKILL); }");
        test("leaves-one", "#include <unistd.h>\nint main(void) { if (fork() == 0) { setsid(); pause(); } return 0; }");
        test("floods", """
                #include <stdio.h>
                int main(void) { for (int i = 0; i < 20000; i++) puts("again and again"); return 4; }""");
        test("is-wrong", "int main(void) { return x; }");
        test("only-compiles", "int x;");
        test("odd", "int main(void) { return 77; }");
        scripts.put("tests/conformance/untested-1.sh", "# names no interpreter\nexit 0\n");
        scripts.put("cases", String.join("\n", NAMES) + "\n");
        build(
                "link",
                "passes",
                "fails",
                "crashes",
                "hangs",
                "kills-its-group",
                "leaves-one",
                "floods",
                "is-wrong",
                "odd");
        build("compile", "only-compiles");
    }

    private static final List<String> NAMES = List.of(
            "conformance/passes",
            "conformance/fails",
            "conformance/crashes",
            "conformance/hangs",
            "conformance/kills-its-group",
            "conformance/leaves-one",
            "conformance/floods",
            "conformance/is-wrong",
            "conformance/only-compiles",
            "conformance/odd",
            "conformance/untested-1");

    private static final List<String> VERDICTS = List.of(
            "PASS",
            "FAIL",
            "UNRESOLVED",
            "UNRESOLVED",
            "UNRESOLVED",
            "PASS",
            "UNSUPPORTED",
            "UNRESOLVED",
            "PASS",
            "UNRESOLVED",
            "PASS");

    private static boolean cc(String... arguments) throws InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of("cc"));
        words.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(words).inheritIO().start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void test(String name, String text) throws IOException {
        scripts.put("tests/conformance/" + name + ".c", text + "\n");
    }

    private static void build(String step, String... names) throws Exception {
        Path tests = scripts.suite.resolve("tests");
        Files.createDirectories(tests.resolve("include"));
        String[] arguments = new String[names.length + 1];
        arguments[0] = step;
        for (int i = 0; i < names.length; i++) {
            arguments[i + 1] = "conformance/" + names[i] + ".c";
        }
        assertThat(scripts.runIn(tests, "build", arguments)).as(scripts.said()).isZero();
    }

    private static List<String> verdicts(String suffix) {
        List<String> verdicts = new java.util.ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            verdicts.add(NAMES.get(i) + suffix + " " + VERDICTS.get(i));
        }
        return verdicts;
    }

    @BeforeEach
    void emptyJournal() throws IOException {
        Files.writeString(scripts.journal, "");
    }

    @Test
    void everyTestLeavesAResultWhateverItDoes() throws Exception {
        assertThat(scripts.with("JOURNAL", "posix").run("run"))
                .as(scripts.said())
                .isZero();
        assertThat(scripts.read("posix")).containsExactlyInAnyOrderElementsOf(verdicts(""));
        assertThat(scripts.journal)
                .content()
                .contains("conformance/fails: execution: FAILED: Output: \nno newline\n")
                .contains("conformance/hangs: execution: HUNG: Output: \nwaits\n")
                .contains("conformance/only-compiles: build: PASS\nconformance/only-compiles: link: SKIP\n")
                .contains("conformance/is-wrong: build: FAILED: Compiler output: \n")
                .endsWith("END: 11\n")
                .hasSizeLessThan(30_000);
    }

    @Test
    void theJournalOfTetGivesTheSameVerdicts() throws Exception {
        assertThat(scripts.with("JOURNAL", "tet").run("run")).as(scripts.said()).isZero();
        assertThat(scripts.read("tet")).containsExactlyElementsOf(verdicts(" 1"));
        assertThat(scripts.steadyJournal())
                .contains("\n70||\"total tests in posix 11\"\n")
                .contains("\n220|2 1 2 T|UNRESOLVED\n410|2 1 1 T|IC End\n80|2 " + (6 << 8) + " T|TC End\n")
                .contains("\n80|3 -2 T|TC End\n")
                .contains("\n80|9 77 T|TC End\n");
        assertThat(Files.readAllLines(scripts.journal)).allMatch(line -> line.length() <= 512);
    }

    @Test
    void itsListNamesTheCasesOfItsJournal() throws Exception {
        assertThat(scripts.with("JOURNAL", "posix").run("list")).isZero();
        assertThat(scripts.said().lines()).containsExactlyElementsOf(NAMES);
        assertThat(scripts.with("JOURNAL", "tet").run("list")).isZero();
        assertThat(scripts.said().lines())
                .containsExactlyElementsOf(
                        NAMES.stream().map(name -> name + " 1").toList());
        assertThat(scripts.run("run-case", "conformance/fails 1")).isZero();
        assertThat(scripts.read("tet")).containsExactly("conformance/fails 1 FAIL");
    }

    @Test
    void nothingOfATestStaysBehind() throws Exception {
        assertThat(scripts.with("JOURNAL", "posix").run("run-case", "conformance/leaves-one"))
                .isZero();
        assertThat(scripts.read("posix")).containsExactly("conformance/leaves-one PASS");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .command()
                                .filter(command -> command.startsWith(scripts.suite.toString()))
                                .isPresent()))
                .isEmpty();
    }

    @Test
    void aTestThatIsNotThereIsRefused() throws Exception {
        assertThat(scripts.with("JOURNAL", "posix").run("run-case", "conformance/none"))
                .isEqualTo(1);
        assertThat(scripts.said()).contains("there is no test conformance/none");
    }
}
