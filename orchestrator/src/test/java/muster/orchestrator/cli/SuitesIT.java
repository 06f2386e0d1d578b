package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import muster.testsuites.format.ResultFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The shipped suites but for {@code commands}, on real guests. */
class SuitesIT {

    private static final Duration LONG = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void posixQuickReadsAsItsJournalCountsAndTakesAtMostAMinute() throws Exception {
        MusterProcess run = run("posix: { variants: [quick] }");
        assertThat(run.output()).containsPattern("posix:quick@uml +(passed|failed) ");
        String journal = journal("posix:quick");
        Map<String, Verdict> verdicts = verdicts("posix", journal);
        assertThat(verdicts).hasSizeGreaterThan(150);
        long executed = journal.lines()
                .filter(line -> line.matches("conformance/[^ ]*: execution: PASS"))
                .count();
        long compiled =
                journal.lines().filter(line -> line.endsWith(": link: SKIP")).count();
        assertThat(verdicts.values().stream().filter(Verdict.PASS::equals)).hasSize((int) (executed + compiled));
        assertThat(executed).isGreaterThan(100);
        assertThat(journal).endsWith("END: " + verdicts.size() + "\n");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "muster.full",
            matches = "true",
            disabledReason = "runs with ./muster verify --full")
    void theOtherSuitesComeToVerdictsAndTetsAreThoseOfPosix() throws Exception {
        MusterProcess run = run("""
                posix: { variants: [quick] }
                  posix-tet: { variants: [quick] }
                  exit-status: {}
                  autopkgtest: {}""");
        assertThat(run.output())
                .containsPattern("exit-status:smoke@uml +passed ")
                .containsPattern("autopkgtest:gzip@uml +passed ")
                .containsPattern("autopkgtest:logrotate@uml +passed ")
                .containsPattern("autopkgtest:sed@uml +passed ");
        Map<String, Verdict> tet = new TreeMap<>();
        verdicts("tet", journal("posix-tet:quick"))
                .forEach((name, verdict) -> tet.put(name.replace(" 1", ""), verdict));
        assertThat(tet).isEqualTo(verdicts("posix", journal("posix:quick")));
    }

    private MusterProcess run(String suites) throws Exception {
        Path matrix = Files.writeString(
                folder.resolve("suites.yaml"),
                "matrix: suites\ndistributions: [debian-12]\nsuites:\n  " + suites + "\n");
        MusterProcess run = MusterProcess.run(LONG, "run", matrix.toString());
        assertThat(run.exitCode()).as(run.output()).isIn(ExitCode.GOOD, ExitCode.BAD);
        return run;
    }

    private static String journal(String variant) throws IOException, InterruptedException {
        return MusterProcess.run(LONG, "log", "--of", "journal", "debian-12:" + variant)
                .output();
    }

    private static Map<String, Verdict> verdicts(String format, String journal) throws IOException {
        Map<String, Verdict> verdicts = new TreeMap<>();
        ResultFormats.named(format)
                .orElseThrow()
                .read(new ByteArrayInputStream(journal.getBytes(StandardCharsets.UTF_8)), new ResultSink() {
                    @Override
                    public void result(CaseResult result) {
                        verdicts.put(result.name(), result.verdict());
                    }

                    @Override
                    public void unreadable(long line, String seen, String expected) {
                        throw new AssertionError("line " + line + ": " + seen);
                    }

                    @Override
                    public void truncated(String why) {
                        throw new AssertionError(why);
                    }
                });
        return verdicts;
    }
}
