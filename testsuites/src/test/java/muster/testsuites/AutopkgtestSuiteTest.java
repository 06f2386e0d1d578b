package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the suite {@code autopkgtest}, with a program in its place that writes a summary. */
class AutopkgtestSuiteTest {
    @TempDir
    Path folder;

    private SuiteScripts scripts;

    @BeforeEach
    void putPackage() throws IOException {
        scripts = new SuiteScripts("autopkgtest", folder)
                .with("MUSTER_VARIANT", "hello")
                .with("CASE_LIMIT", "9");
        scripts.put("subject", "hello\ttests of 1.0-1\thello 1.0-1\n");
        scripts.put("tree/debian/tests/control", """
                # the tests
                Tests: one, two
                 three
                Depends: @

                Test-Command: hello --help
                Depends: hello
                """);
    }

    private void autopkgtest(String summary, int status) throws IOException {
        scripts.put("autopkgtest", """
                #!/bin/sh
                echo "$@"
                mkdir output
                echo log >output/log
                printf '%%s' '%s' >output/summary
                exit %d
                """.formatted(summary, status));
    }

    @Test
    void aFailingTestIsNoBrokenSuite() throws Exception {
        autopkgtest("one                  PASS\ntwo                  FAIL stderr: x\nthree  SKIP no\n", 6);
        assertThat(scripts.run("run")).isZero();
        assertThat(scripts.read("autopkgtest")).containsExactly("one PASS", "two FAIL", "three SKIP");
        assertThat(scripts.said()).contains("--timeout-test=9").contains("/tree/ -- null");
        assertThat(folder.resolve("artefacts/log")).hasContent("log\n");
        assertThat(Files.readString(folder.resolve("subjects"))).isEqualTo("hello\ttests of 1.0-1\thello 1.0-1\n");
    }

    @Test
    void aBrokenTestbedIsABrokenSuite() throws Exception {
        autopkgtest("one                  PASS\nquitting: testbed failure\n", 16);
        assertThat(scripts.run("run")).isEqualTo(16);
        assertThat(scripts.read("autopkgtest")).contains("one PASS").anyMatch(line -> line.startsWith("truncated"));
    }

    @Test
    void aPackageWithoutTestsIsABrokenSuite() throws Exception {
        autopkgtest("", 8);
        assertThat(scripts.run("run")).isEqualTo(8);
    }

    @Test
    void testsAreListedAndRunByName() throws Exception {
        assertThat(scripts.run("list")).isZero();
        assertThat(scripts.said()).isEqualTo("one\ntwo\nthree\ncommand1\n");
        autopkgtest("two PASS\n", 0);
        assertThat(scripts.run("run-case", "two")).isZero();
        assertThat(scripts.said()).contains("--test-name=two");
    }
}
