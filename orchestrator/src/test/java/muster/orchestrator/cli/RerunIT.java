package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.images.Tools;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Folders;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.CellView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights in real guests; in the second one cases are newly broken, and a person looks into it. */
class RerunIT {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String CELL = "debian-12:again:default@uml";
    private static final String BROKEN = "it's broken";

    @TempDir
    Path folder;

    private final Path suite = TestImages.KEPT.folder().resolve("suites/again");

    @AfterEach
    void endTheGuestAndRemoveTheSuite() throws Exception {
        MusterProcess cancel = MusterProcess.run(LONG, "cancel", CELL);
        assertThat(cancel.exitCode()).as(cancel.output()).isEqualTo(ExitCode.GOOD);
        Folders.delete(suite);
    }

    @Test
    void newFailuresAreRunAgainAloneAndAPersonDoesTheSameWithWhatThePageSays() throws Exception {
        assumeTrue(Tools.has("ssh") && Tools.has("socat"), "needs ssh and socat: apt-get install openssh-client socat");
        String matrix = matrix();
        writeSuite("no");
        MusterProcess good = MusterProcess.run(LONG, "run", matrix);
        assertThat(good.exitCode()).as(good.output()).isEqualTo(ExitCode.GOOD);

        writeSuite("yes");
        MusterProcess bad = MusterProcess.run(LONG, "run", matrix);
        assertThat(bad.exitCode()).as(bad.output()).isEqualTo(ExitCode.BAD);
        assertThat(bad.output())
                .contains("Newly broken since the last complete run: 2 (run again, alone: 1 regression, 1 flaky)")
                .contains("after a mess: PASS -> FAIL, flaky: failed 0 of 2 times again")
                .contains(BROKEN + ": PASS -> FAIL, regression: failed 2 of 2 times again");
        long run = run();
        assertAttempts(run, Attempt.Kind.CONFIRM, 4);
        Path page = TestImages.KEPT
                .report()
                .resolve("run/" + run + "/" + CellKey.parse(CELL).slug() + ".html");
        String html = Files.readString(page);
        assertThat(html).contains("flaky: failed 0 of 2 times again", "regression: failed 2 of 2 times again");
        assertThat(Files.readString(page.resolveSibling("../" + run + "/index.html")))
                .contains("Run again, alone: 1 regression, 1 flaky");

        String kept = paste(command(html, "By hand: the same in a guest that is kept, whatever it comes to"), "");
        assertThat(kept)
                .contains("  fail: " + BROKEN + " (tester in /var/lib/muster/work, quite deep)\n")
                .contains(
                        BROKEN + ": FAIL in run " + run + ", FAIL now",
                        "The guest of " + CELL + " is kept for another");
        String inside = command(html, "By hand: in that shell, the case by itself");
        assertThat(kept).as("said where the guest is kept, too").contains(inside);
        assertThat(paste(command(html, "By hand: a root shell in that guest"), inside + "\nexit 0\n"))
                .contains("FAIL: " + BROKEN + "\ntester in /var/lib/muster/by-hand/work, quite deep\nEND: 1\n");
        assertAttempts(run, Attempt.Kind.RERUN, 1);

        Files.writeString(suite.resolve("more"), "changed\n");
        MusterProcess changed = MusterProcess.run(LONG, "rerun", CELL, "--case", BROKEN);
        assertThat(changed.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(changed.output())
                .contains(
                        "cannot run " + CELL + " of run " + run + " again as it was: the files of the suite again have"
                                + " changed since",
                        "'muster run FILE --only " + CELL + "' tests what there is today");
        MusterProcess unknown = MusterProcess.run(LONG, "rerun", CELL, "--case", "its broken");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.output()).contains("did you mean '" + BROKEN + "'?");
    }

    /** What the cell's run said stays, and beside it stand what ran cases again. */
    private static void assertAttempts(long run, Attempt.Kind kind, int count) throws IOException {
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            CellView view = store.history().cell(run, CellKey.parse(CELL)).orElseThrow();
            assertThat(view.line().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(view.line().counts().total()).isEqualTo(3);
            assertThat(view.attempts())
                    .filteredOn(attempt -> attempt.kind() == kind)
                    .hasSize(count);
            assertThat(view.attempts())
                    .filteredOn(attempt -> BROKEN.equals(attempt.onlyCase()))
                    .extracting(CellView.AttemptLine::state, CellView.AttemptLine::verdict)
                    .containsOnly(tuple("failed", Verdict.FAIL));
            assertThat(store.history()
                            .caseHistory("again", "after a mess", 1)
                            .orElseThrow()
                            .lanes()
                            .values())
                    .containsExactly(List.of(Verdict.FAIL));
        }
    }

    private static long run() throws IOException {
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            return store.history().runs(1).getFirst().number();
        }
    }

    private String matrix() throws IOException {
        return Files.writeString(folder.resolve("again.yaml"), """
                        matrix: again
                        distributions: [debian-12]
                        suites: { again: {} }
                        guest: { driver: [uml] }
                        confirm: { regressions: 2 }
                        """).toString();
    }

    /** In a broken state one case fails, and another leaves a mess in which a third one fails. */
    private void writeSuite(String broken) throws IOException {
        Files.createDirectories(suite);
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: again
                description: for a test
                format: toybox
                commands: { run: run, run-case: run-case }
                environment: { BROKEN: "%s", DEPTH: "quite deep" }
                """.formatted(broken));
        Script.write(suite.resolve("run"), """
                "${0%/*}/one" mess
                "${0%/*}/one" "after a mess"
                "${0%/*}/one" "it's broken"
                echo 'END: 3' >>"$MUSTER_JOURNAL"
                """);
        Script.write(suite.resolve("run-case"), """
                "${0%/*}/one" "$1"
                echo 'END: 1' >>"$MUSTER_JOURNAL"
                """);
        Script.write(suite.resolve("one"), """
                word=PASS
                case $BROKEN:$1 in
                  yes:mess) : >/tmp/mess ;;
                  yes:after*) [ ! -e /tmp/mess ] || word=FAIL ;;
                  yes:*) word=FAIL ;;
                esac
                echo "$word: $1" >>"$MUSTER_JOURNAL"
                [ $word = PASS ] || echo "$(id -un) in $PWD, $DEPTH" >>"$MUSTER_JOURNAL"
                """);
    }

    /** The command that a page names for a purpose, as a reader copies it. */
    private static String command(String html, String purpose) {
        Matcher found = Pattern.compile(Pattern.quote(purpose) + "</p>\\s*<pre[^>]*><code>(.*?)</code>", Pattern.DOTALL)
                .matcher(html);
        assertThat(found.find()).as(purpose).isTrue();
        return found.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Types a command into a shell that knows {@code muster}, and then something into what it opens; what was printed. */
    private String paste(String command, String then) throws IOException, InterruptedException {
        Path muster = folder.resolve("bin/muster");
        Files.createDirectories(folder.resolve("bin"));
        Script.write(muster, "exec " + String.join(" ", MusterProcess.command()) + " \"$@\"\n");
        Path typed = Files.writeString(folder.resolve("typed"), then);
        Path printed = folder.resolve("printed");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        shell.environment().merge("PATH", muster.getParent().toString(), (path, own) -> own + ":" + path);
        Process process = shell.start();
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(printed))
                .isTrue();
        return Files.readString(printed);
    }
}
