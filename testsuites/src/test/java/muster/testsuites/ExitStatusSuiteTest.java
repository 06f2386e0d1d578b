package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the suite {@code exit-status}, with commands of our own. */
class ExitStatusSuiteTest {
    @TempDir
    Path folder;

    private SuiteScripts scripts;

    @BeforeEach
    void putCommands() throws IOException {
        scripts = new SuiteScripts("exit-status", folder)
                .with("MUSTER_VARIANT", "ours")
                .with("CASE_LIMIT", "1");
        scripts.put("ours-cases", """
                # a remark

                good: echo it\\'s; echo "END good exit 1"
                bad: ls -A; exit 3
                slow: echo begun; sleep 20
                crashes, hard: kill -11 $$
                no meaning: echo not here; exit 77
                reads: cat
                """);
    }

    @Test
    void exitStatusSignalAndTimeoutAreToldApart() throws Exception {
        assertThat(scripts.run("run")).isZero();
        assertThat(scripts.steadyJournal()).isEqualTo("""
                PLAN 6
                START good
                |it's
                |END good exit 1
                END good exit 0 S
                START bad
                END bad exit 3 S
                START slow
                |begun
                END slow timeout S
                START crashes, hard
                END crashes, hard signal 11 S
                START no meaning
                SKIP no meaning: not here
                START reads
                END reads exit 0 S
                DONE 6""");
        assertThat(scripts.read("exit-status"))
                .containsExactly(
                        "good PASS",
                        "bad FAIL",
                        "slow UNRESOLVED",
                        "crashes, hard UNRESOLVED",
                        "no meaning SKIP",
                        "reads PASS");
    }

    @Test
    void longOutputIsCutAtItsBeginning() throws Exception {
        scripts.put("ours-cases", "loud: seq 1 100000\n");
        assertThat(scripts.run("run")).isZero();
        assertThat(scripts.journal).content().hasSizeLessThan(20_000).contains("\n|99999\n|100000\nEND loud exit 0");
    }

    @Test
    void oneCommandRunsByItsName() throws Exception {
        assertThat(scripts.run("run-case", "bad")).isZero();
        assertThat(scripts.steadyJournal()).isEqualTo("PLAN 1\nSTART bad\nEND bad exit 3 S\nDONE 1");
        assertThat(scripts.run("run-case", "ba")).isEqualTo(1);
        assertThat(scripts.said()).contains("there is no command called 'ba'");
    }

    @Test
    void whatIsNoListOfCommandsIsRefused() throws Exception {
        scripts.put("ours-cases", "a: true\na: false\n");
        assertThat(scripts.run("run")).isEqualTo(1);
        assertThat(scripts.said()).contains("two commands are called a");
        scripts.put("ours-cases", "true\n");
        assertThat(scripts.run("list")).isEqualTo(1);
        assertThat(scripts.said()).contains("not NAME: COMMAND");
        scripts.put("ours-cases", "# nothing\n");
        assertThat(scripts.run("list")).isEqualTo(1);
        assertThat(scripts.said()).contains("there are none");
    }

    @Test
    void theShippedCommandsAreWellFormed() throws Exception {
        assertThat(scripts.with("MUSTER_VARIANT", "smoke").run("list")).isZero();
        assertThat(scripts.said().lines()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }
}
