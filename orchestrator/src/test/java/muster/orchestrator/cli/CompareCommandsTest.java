package muster.orchestrator.cli;

import static muster.orchestrator.cli.StoredNights.fail;
import static muster.orchestrator.cli.StoredNights.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import muster.orchestrator.cli.StoredNights.Came;
import muster.testsuites.CaseResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff}, {@code why} and {@code history} over five nights, with the fourth of which something broke. */
class CompareCommandsTest {

    private static final String OLD = "debian-12:commands:default@uml";
    private static final String NEW = "debian-13:commands:default@uml";

    @TempDir
    static Path home;

    @BeforeAll
    static void fiveNights() throws IOException {
        try (StoredNights nights = new StoredNights(home)) {
            Instant at = Instant.parse("2026-11-01T01:30:00Z");
            for (int night = 1; night <= 5; night++) {
                boolean broken = night >= 4;
                Map<String, String> facts = Map.of(
                        "kernel.version", broken ? "6.12.2" : "6.12.1",
                        "suite.digest", broken ? "d2" : "d1",
                        "host.name", broken ? "second" : "first",
                        "host.load", Integer.toString(night));
                Map<String, String> packages =
                        Map.of("libc6", broken ? "2.41-13" : "2.41-12", "dash", "0.5", "tzdata", "2026" + night);
                List<CaseResult> cases = broken
                        ? List.of(
                                fail("ls -l", "cannot sort"),
                                fail("sort -n", "cannot sort"),
                                pass("cat"),
                                fail("od \u001b[31m", "still"))
                        : List.of(pass("ls -l"), pass("sort -n"), fail("cat", "no"), fail("od \u001b[31m", "still"));
                nights.night(
                        at.plus(Duration.ofDays(night)),
                        new Came(OLD, facts, packages, cases),
                        new Came(NEW, facts, Map.of("libc6", "2.43-1"), List.of(pass("ls -l"), pass("sort -n"))));
            }
        }
    }

    @Test
    void diffTellsWhatBrokeAndWasMendedAndWhatDiffersMostTellingFirst() {
        Said said = Said.in(home, "diff", "3", "5");
        assertThat(said.err()).isEmpty();
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).startsWith("2 broken, 1 mended, 1 still bad, 0 added, 0 gone, 0 other\n");
        assertThat(said.out().lines().filter(line -> line.startsWith("broken") || line.startsWith("mended")))
                .satisfiesExactly(
                        line -> assertThat(line).matches("broken +" + OLD + " +ls -l +PASS +FAIL +run 4 +cannot sort"),
                        line -> assertThat(line).contains("sort -n", "run 4"),
                        line -> assertThat(line).matches("mended +" + OLD + " +cat +FAIL +PASS +run 4"));
        assertThat(said.out().lines().filter(line -> line.contains(" -> ") && line.contains(" cell")))
                .containsExactly(
                        "package libc6: 2.41-12 -> 2.41-13 (1 cell)",
                        "package tzdata: 20263 -> 20265 (differs every night) (1 cell)",
                        "kernel kernel.version: 6.12.1 -> 6.12.2 (2 cells)",
                        "suite suite.digest: d1 -> d2 (2 cells)",
                        "host host.name: first -> second (2 cells)",
                        "host host.load: 3 -> 5 (differs every night) (2 cells)");
        assertThat(said.out())
                .contains(
                        "2 new failures share a message: cannot sort\n",
                        "2 new failures share a package: libc6 2.41-12 -> 2.41-13\n");
        assertThat(said.out()).doesNotContain("\u001b");
        assertThat(Said.in(home, "diff", "1", "2").status()).isZero();
    }

    @Test
    void diffOfOneRunIsSinceItsBaseline() {
        assertThat(Said.in(home, "diff", "4", "--most", "1").out())
                .startsWith("2 broken, 1 mended,")
                .contains("2 new failures share a message: cannot sort")
                .doesNotContain("sort -n");
    }

    @Test
    void diffAsJsonHoldsTheSame() {
        assertThat(Said.in(home, "diff", "3", "5", "--json").out())
                .startsWith("{\"totals\":{\"BROKEN\":2,\"MENDED\":1,\"STILL_BAD\":1,\"NONE\":2},")
                .contains(
                        "{\"change\":\"BROKEN\",\"cell\":\"" + OLD + "\",\"case\":\"ls -l\",\"before\":\"PASS\","
                                + "\"now\":\"FAIL\",\"sinceRun\":4,\"message\":\"cannot sort\"}",
                        "\"causes\":[{\"kind\":\"message\",\"what\":\"cannot sort\",\"cases\":[{",
                        "\"provenance\":[{\"kind\":\"package\",\"name\":\"libc6\",\"before\":\"2.41-12\","
                                + "\"now\":\"2.41-13\",\"usual\":false,\"cells\":1},");
    }

    @Test
    void whyNamesTheLastGoodAndTheFirstBadRunAndWhatChangedBetween() {
        Said said = Said.in(home, "why", "debian-12", "ls -l");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("""
                        FAIL in debian-12:commands:default@uml: ls -l
                        bad since run 4; run 3 was the last good one
                          cannot sort
                        what changed:
                          package libc6: 2.41-12 -> 2.41-13
                          package tzdata: 20263 -> 20264 (differs every night)
                          kernel kernel.version: 6.12.1 -> 6.12.2
                          suite suite.digest: d1 -> d2
                          host host.name: first -> second
                          host host.load: 3 -> 4 (differs every night)
                        """);
        assertThat(Said.in(home, "why", OLD, "cat", "--run", "2").out())
                .contains("bad since run 1, with which the lane begins\n");
        assertThat(Said.in(home, "why", OLD, "ls -l", "--json").out())
                .startsWith("{\"cell\":\"" + OLD + "\",\"case\":\"ls -l\",\"verdict\":\"FAIL\",\"firstBadRun\":4,"
                        + "\"lastGoodRun\":3,\"message\":\"cannot sort\",\"facts\":[{\"kind\":\"package\",");
    }

    @Test
    void historyTellsTheStreaksOfEveryLane() {
        assertThat(Said.in(home, "history", "ls -l").out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "lane verdicts by run message", OLD + " PASS 1-3, FAIL 4-5 cannot sort", NEW + " PASS 1-5");
        assertThat(Said.in(home, "history", "cat", "--suite", "commands", "--runs", "2")
                        .out())
                .contains("PASS 4-5")
                .doesNotContain("FAIL");
        assertThat(Said.in(home, "history", "cat", "--json").out())
                .isEqualToIgnoringNewLines("[{\"suite\":\"commands\",\"case\":\"cat\",\"lanes\":[{\"lane\":\"" + OLD
                        + "\",\"verdicts\":{\"1\":\"FAIL\",\"2\":\"FAIL\",\"3\":\"FAIL\",\"4\":\"PASS\",\"5\":\"PASS\"},"
                        + "\"message\":\"\"}]}]");
    }

    @Test
    void whatIsNotThereIsToldWithTheWordThatMayHaveBeenMeant() {
        refused("cannot find run 9: there is none with this number, the newest is run 5", "diff", "3", "9");
        refused("cannot find run 9: ", "why", OLD, "cat", "--run", "9");
        refused("did you mean 'debian-12'?", "why", "debain-12", "cat");
        refused("it selects 2, ", "why", "*", "cat");
        refused(
                "cannot find a case 'sort -m' in commands: none of its 4 known cases is called so; did you mean 'sort -n'?",
                "why",
                OLD,
                "sort -m");
        refused(
                "cannot tell why 'cat' is bad in " + OLD + ": in run 5 it is not there or not bad, or the cell made no "
                        + "history; see 'muster history cat'",
                "why",
                OLD,
                "cat");
        refused("did you mean 'ls -l'?", "history", "ls -1");
        refused(
                "cannot find a suite 'comands' in the results: there are commands; did you mean 'commands'?",
                "history",
                "cat",
                "--suite",
                "comands");
        Path empty = home.resolve("empty");
        assertThat(Said.in(empty, "history", "cat").err()).contains("cannot find a case 'cat': nothing has run in ");
        assertThat(Said.in(empty, "diff", "1", "2").err()).contains("cannot find run 1: nothing has run in this home");
    }

    private static void refused(String message, String... arguments) {
        Said said = Said.in(home, arguments);
        assertThat(said.err()).contains(message);
        assertThat(said.out()).isEmpty();
        assertThat(said.status()).isEqualTo(2);
    }
}
