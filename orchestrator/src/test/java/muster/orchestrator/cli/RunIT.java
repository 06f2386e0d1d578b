package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Folders;
import muster.orchestrator.web.StatusAnswer;
import muster.orchestrator.web.StatusLine;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Step;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on real guests, as its users run it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {

    private static final Duration LONG = Duration.ofMinutes(15);
    private static final CellKey SLEEPS = CellKey.parse("debian-12:sleep:short@uml");

    @TempDir
    Path folder;

    @Test
    @Order(1)
    void theQuickstartComesToCountsThatItsJournalsAgreeWith() throws Exception {
        MusterProcess run = MusterProcess.run(
                LONG,
                "run",
                TestImages.ROOT.resolve("config/matrices/quickstart.yaml").toString());
        assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.BAD);
        assertThat(run.output())
                .contains("The report: " + TestImages.KEPT.report().resolve("index.html"));
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            RunLine last = store.history().runs(1).getFirst();
            assertThat(last.cells()).isEqualTo(3);
            for (String distribution : List.of("debian-11", "debian-12", "debian-13")) {
                CellView cell = store.history()
                        .cell(last.number(), CellKey.parse(distribution + ":commands:default@uml"))
                        .orElseThrow();
                assertThat(cell.line().outcome()).isEqualTo(Outcome.FAILED);
                Counts counts = cell.line().counts();
                Path journal = copy(store, cell);
                assertThat(counts.of(Verdict.PASS))
                        .isEqualTo(grep(journal, "^PASS: "))
                        .isGreaterThan(800);
                assertThat(counts.of(Verdict.FAIL)).isEqualTo(grep(journal, "^FAIL: "));
                assertThat(counts.of(Verdict.SKIP)).isEqualTo(grep(journal, "^SKIP: "));
                assertThat(cell.exitStatus()).isEqualTo(0);
                assertThat(cell.provenance().get("subject.ls")).contains("coreutils");
                assertThat(cell.provenance().get("kernel.version")).isNotBlank();
                assertThat(TestImages.KEPT
                                .report()
                                .resolve("run/" + last.number())
                                .toFile())
                        .isDirectoryContaining("glob:**" + cell.line().cell().slug() + ".html");
            }
        }
        Remains.assertNothingIsLeft();
    }

    @Test
    @Order(2)
    void anotherTerminalSeesFollowsAndCancels() throws Exception {
        try (MusterProcess run = MusterProcess.start("run", matrix("[half]", "10m", "5m"))) {
            run.awaitSaying("@uml running");
            assertThat(MusterProcess.run(LONG, "status").output()).contains("debian-12:sleep:half@uml", "running");
            MusterProcess journal = MusterProcess.start("log", "-f", "--of", "journal", "debian-12:sleep");
            journal.awaitSaying("PASS: part 1 of 6");
            MusterProcess second = MusterProcess.run(LONG, "run", matrix("[half]", "10m", "5m"));
            assertThat(second.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
            assertThat(second.output()).contains("another muster works there");
            assertThat(MusterProcess.run(LONG, "cancel", "debian-12").exitCode())
                    .isEqualTo(ExitCode.GOOD);
            assertThat(run.await(LONG)).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(journal.await(LONG)).isEqualTo(ExitCode.GOOD);
            assertThat(run.output()).contains("cancelled");
        }
        Remains.assertNothingIsLeft();
    }

    @Test
    @Order(3)
    void controlCStopsEverythingAndLeavesNothing() throws Exception {
        try (MusterProcess run = MusterProcess.start("run", matrix("[half]", "10m", "5m"))) {
            run.awaitSaying("@uml running");
            run.interrupt();
            assertThat(run.await(Duration.ofSeconds(30))).isEqualTo(ExitCode.INTERRUPTED);
        }
        Remains.assertNothingIsLeft();
    }

    @Test
    @Order(4)
    void afterKillNineTheNextRunTakesUpTheGuestWhereItIs() throws Exception {
        String matrix = matrix("[half]", "10m", "5m");
        long number;
        try (MusterProcess run = MusterProcess.start("run", matrix)) {
            run.awaitSaying("@uml running");
            number = statusLines().getFirst().run();
            run.killHard();
        }
        String guest = guestPid(number);
        MusterProcess next = MusterProcess.run(LONG, "run", matrix);
        assertThat(next.exitCode()).as(next.output()).isEqualTo(ExitCode.GOOD);
        assertThat(next.output()).contains("taking up run " + number);
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            CellView cell = store.history()
                    .cell(number, CellKey.parse("debian-12:sleep:half@uml"))
                    .orElseThrow();
            assertThat(cell.line().outcome()).isEqualTo(Outcome.PASSED);
            assertThat(cell.line().counts().of(Verdict.PASS)).isEqualTo(6);
            assertThat(cell.guests()).hasSize(1);
            assertThat(store.history().runs(1).getFirst().number()).isEqualTo(number);
        }
        assertThat(guest).isNotEmpty();
        Remains.assertNothingIsLeft();
    }

    @Test
    @Order(5)
    void whenTheGuestIsGoneTooTheNextRunSaysSoShowsWhatNeverEndedAndTriesAgain() throws Exception {
        Path suite = Files.createDirectories(TestImages.KEPT.folder().resolve("suites/halves"));
        String matrix = halves(suite, "a b c gone", "0");
        MusterProcess whole = MusterProcess.run(LONG, "run", matrix);
        assertThat(whole.exitCode()).as(whole.output()).isEqualTo(ExitCode.GOOD);
        halves(suite, "a b c", "15");
        long number;
        try (MusterProcess run = MusterProcess.start("run", matrix)) {
            run.awaitSaying("@uml running");
            number = statusLines().getFirst().run();
            await().atMost(LONG).until(() -> journals().contains("START b"));
            String guest = guestPid(number);
            run.killHard();
            new ProcessBuilder("kill", "-KILL", guest).start().waitFor();
        }
        MusterProcess next = MusterProcess.run(LONG, "run", matrix);
        Folders.delete(suite);
        assertThat(next.exitCode()).as(next.output()).isEqualTo(ExitCode.BAD);
        assertThat(next.output())
                .contains("its guest ended while no orchestrator watched it", "attempt 2; the first: lost: ");
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            assertThat(StoredCases.of(store, number, Attempt.Kind.MAIN))
                    .containsExactly("a PASS", "b NORESULT", "c UNINITIATED", "gone MISSING");
            assertThat(StoredCases.of(store, number, Attempt.Kind.RETRY))
                    .containsExactly("a PASS", "b PASS", "c PASS", "gone MISSING");
        }
        Remains.assertNothingIsLeft();
    }

    /** A suite of cases that take some seconds each; returns its matrix. */
    private String halves(Path suite, String cases, String seconds) throws IOException {
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: halves
                description: may be interrupted
                format: exit-status
                commands: { list: list, run: run }
                """);
        Script.write(suite.resolve("list"), "printf '%s\\n' " + cases + "\n");
        Script.write(suite.resolve("run"), """
                for name in %s; do
                  echo "START $name" >>"$MUSTER_JOURNAL"
                  sleep %s
                  echo "END $name exit 0" >>"$MUSTER_JOURNAL"
                done
                echo "DONE $(grep -c START "$MUSTER_JOURNAL")" >>"$MUSTER_JOURNAL"
                """.formatted(cases, seconds));
        Path file = folder.resolve("halves.yaml");
        Files.writeString(file, "matrix: halves\ndistributions: [debian-12]\nsuites: { halves: {} }\n");
        return file.toString();
    }

    private static String journals() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> attempts =
                Files.list(Objects.requireNonNull(TestImages.KEPT.attempt(0).getParent()))) {
            for (Path attempt : attempts.toList()) {
                Path journal = attempt.resolve("journal");
                all.append(Files.exists(journal) ? Files.readString(journal) : "");
            }
        }
        return all.toString();
    }

    @Test
    @Order(6)
    void aGuestOverALimitIsStoppedAndTheOutcomeSaysWhich() throws Exception {
        assertThat(outcome(matrix("[default]", "10s", "5m"))).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome(matrix("[default]", "10m", "5s"))).isEqualTo(Outcome.SILENT);
        assertThat(outcome(matrix("[short]", "10m", "5m"), "--set", "limits.boot=1s"))
                .isEqualTo(Outcome.BOOT_FAILED);
        Remains.assertNothingIsLeft();
    }

    @Test
    @Order(7)
    void eightSleepingGuestsRunAtOnce() throws Exception {
        String matrix = matrix("[one, two, three, four, five, six, seven, eight]", "10m", "5m");
        MusterProcess run = MusterProcess.run(LONG, "run", matrix, "--set", "guest.memory=256M");
        assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.GOOD);
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            List<CellView> cells = new ArrayList<>();
            long number = store.history().runs(1).getFirst().number();
            store.history()
                    .cells(number)
                    .forEach(line ->
                            cells.add(store.history().cell(number, line.cell()).orElseThrow()));
            assertThat(cells).hasSize(8);
            Instant lastCloned = cells.stream()
                    .map(cell -> cell.steps().get(Step.CLONING))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Instant firstDone = cells.stream()
                    .map(cell -> cell.steps().get(Step.COLLECTING))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(lastCloned).isBefore(firstDone);
        }
        Remains.assertNothingIsLeft();
    }

    @Test
    void whatIsWrongWithAMatrixIsSaidAndNothingStarts() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), """
                matrix: wrong
                distribution: [debian-12]
                suites:
                  comands: {}
                """);
        MusterProcess run = MusterProcess.run(LONG, "run", wrong.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.output()).contains(wrong + ":2:1: unknown key 'distribution'", "did you mean 'distributions'?");
        assertThat(MusterProcess.run(LONG, "matrix", "plan", matrix("[short]", "1m", "1m"))
                        .output())
                .contains(SLEEPS.toString(), "512M");
    }

    private Outcome outcome(String matrix, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", matrix));
        arguments.addAll(List.of(more));
        MusterProcess run = MusterProcess.run(LONG, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.BAD);
        StatusLine line = statusLines().getFirst();
        assertThat(line.why()).isNotEmpty();
        return Outcome.ofWord(line.outcome());
    }

    private String matrix(String variants, String suite, String silence) throws IOException {
        Path file = folder.resolve("sleeps.yaml");
        Files.writeString(file, """
                matrix: sleeps
                distributions: [debian-12]
                suites:
                  sleep: { variants: %s }
                limits: { boot: 2m, suite: %s, silence: %s }
                """.formatted(variants, suite, silence));
        return file.toString();
    }

    private static List<StatusLine> statusLines() throws IOException, InterruptedException {
        String json = MusterProcess.run(LONG, "status", "--json").output();
        return json.startsWith("{") ? StatusAnswer.ofJson(json).cells() : List.of();
    }

    /** The first process of the sandbox of a run's only guest. */
    private static String guestPid(long run) throws IOException {
        Path attempts = TestImages.KEPT.attempt(0).getParent();
        try (Stream<Path> folders = Files.list(attempts)) {
            Path attempt = folders.filter(each -> Files.exists(each.resolve("guest/sandbox.json")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("run " + run + " has no guest"));
            return GuestProcess.pid(attempt);
        }
    }

    private Path copy(ResultStore store, CellView cell) throws IOException {
        Ending.KeptFile kept = cell.files().stream()
                .filter(file -> file.role().equals("journal"))
                .findFirst()
                .orElseThrow();
        Path journal = folder.resolve(cell.line().cell().slug());
        try (InputStream in = store.history().open(kept)) {
            Files.copy(in, journal);
        }
        return journal;
    }

    private static int grep(Path file, String pattern) throws IOException {
        Process grep = new ProcessBuilder("grep", "-acE", pattern, file.toString()).start();
        try (InputStream out = grep.getInputStream()) {
            return Integer.parseInt(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
