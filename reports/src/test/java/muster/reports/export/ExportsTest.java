package muster.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Scope;
import muster.reports.Waiver;
import muster.reports.store.JdbiResultStore;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import muster.testsuites.format.ResultFormats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportsTest {

    private static final CellKey CELL = CellKey.parse("debian-12:commands:default@uml");
    private static final CellKey OTHER = CellKey.parse("debian-13:commands:default@uml");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final String HOSTILE = "<b>\"&]]> \u001b[31m \u202e \ufffe 😀\nsecond";

    @TempDir
    Path folder;

    private ResultStore store;

    @BeforeEach
    void open() throws IOException {
        store = JdbiResultStore.open(folder.resolve("store"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void junitIsReadBackWithTheVerdictsThatItHasWordsFor() throws Exception {
        long run = run(everyVerdict());
        Path file = JunitExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("junit"))
                .getFirst();
        assertThat(file).hasFileName("TEST-debian-12~commands~default~uml.xml");

        Map<Verdict, Integer> expected = new EnumMap<>(Verdict.class);
        everyVerdict().forEach(result -> expected.merge(readAs(result.verdict()), 1, Integer::sum));
        List<CaseResult> read = readBack(file);
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        read.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
        assertThat(counts).isEqualTo(expected);
        assertThat(read)
                .extracting(CaseResult::name)
                .contains("debian-12.commands.default.uml.plain FAIL", "debian-12.commands.default.uml.plain PASS");
        CaseResult failed = read.stream()
                .filter(each -> each.name().endsWith("plain FAIL"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.message())
                .contains("<b>\"&]]> ␛[31m \u202e \ufffd 😀")
                .contains("second");
        assertThat(failed.duration()).isEqualTo(Duration.ofMillis(1_500));
    }

    private static Verdict readAs(Verdict verdict) {
        return switch (verdict) {
            case UNRESOLVED, UNINITIATED, NORESULT, MISSING -> Verdict.UNRESOLVED;
            case UNSUPPORTED, UNTESTED, SKIP, FIP -> Verdict.SKIP;
            case PASS, WARNING, XPASS -> Verdict.PASS;
            case FAIL, XFAIL -> verdict;
        };
    }

    @Test
    void theCountsInJunitAreThoseOfItsElements() throws Exception {
        store.waivers().add(waiver("plain UNRESOLVED"), "Ada", MIDNIGHT.minusSeconds(9));
        long run = run(everyVerdict());
        Element suite =
                parsed(JunitExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("junit"))
                        .getFirst());
        assertThat(suite.getAttribute("tests")).isEqualTo(count(suite, "testcase"));
        assertThat(suite.getAttribute("failures")).isEqualTo(count(suite, "failure"));
        assertThat(suite.getAttribute("errors")).isEqualTo(count(suite, "error"));
        assertThat(suite.getAttribute("skipped")).isEqualTo(count(suite, "skipped"));
        assertThat(suite.getElementsByTagName("skipped").item(0).getTextContent())
                .isEqualTo("waived by Ada: the test is wrong");
    }

    @Test
    void aBadAttemptIsBadInJunitThoughNoCaseSaysSo() throws Exception {
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), MIDNIGHT, Map.of(), List.of(CELL, OTHER)));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, MIDNIGHT);
        store.finish(attempt, ResultStore.CaseReader.NOTHING, read -> ending(Outcome.PANICKED, "BUG: \u0007 at 0"));
        List<Path> files =
                JunitExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("junit"));
        assertThat(readBack(files.getFirst())).singleElement().satisfies(only -> {
            assertThat(only.verdict()).isEqualTo(Verdict.UNRESOLVED);
            assertThat(only.message()).contains("BUG: ␇ at 0");
        });
        assertThat(readBack(files.getLast()))
                .singleElement()
                .satisfies(only -> assertThat(only.message()).contains("queued"));
    }

    @Test
    void ctrfHasEveryCaseWithItsStatusAndCountsThem() throws Exception {
        store.waivers().add(waiver("plain UNRESOLVED"), "Ada", MIDNIGHT.minusSeconds(9));
        long run = run(everyVerdict());
        Path file = CtrfExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("ctrf"))
                .getFirst();
        assertThat(file).hasFileName("ctrf-debian-12~commands~default~uml.json");
        JsonNode report = new JsonMapper().readTree(Files.readString(file));
        assertThat(report.get("reportFormat").asString()).isEqualTo("CTRF");
        JsonNode tests = report.at("/results/tests");
        assertThat(tests.size()).isEqualTo(everyVerdict().size());
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode test : tests) {
            counts.merge(test.get("status").asString(), 1, Integer::sum);
            String expected = test.get("name").asString().equals("plain UNRESOLVED")
                    ? "skipped"
                    : status(Verdict.valueOf(test.get("rawStatus").asString()));
            assertThat(test.get("status").asString()).as(test.toString()).isEqualTo(expected);
            assertThat(test.get("duration").isIntegralNumber()).isTrue();
        }
        JsonNode summary = report.at("/results/summary");
        assertThat(summary.get("tests").asInt()).isEqualTo(everyVerdict().size());
        for (String status : List.of("passed", "failed", "skipped", "pending", "other")) {
            assertThat(summary.get(status).asInt()).as(status).isEqualTo(counts.getOrDefault(status, 0));
        }
        assertThat(report.toString())
                .contains("waived by Ada: the test is wrong")
                .doesNotContain("\\u001b");
    }

    private static String status(Verdict verdict) {
        return switch (readAs(verdict)) {
            case FAIL, UNRESOLVED -> "failed";
            case PASS -> "passed";
            default -> verdict == Verdict.FIP ? "pending" : "skipped";
        };
    }

    @Test
    void aBadAttemptIsBadInCtrfThoughNoCaseSaysSo() throws Exception {
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), MIDNIGHT, Map.of(), List.of(CELL)));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, MIDNIGHT);
        store.finish(attempt, ResultStore.CaseReader.NOTHING, read -> ending(Outcome.PANICKED, "BUG: \u0007 at 0"));
        Path file = CtrfExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("ctrf"))
                .getFirst();
        JsonNode only = new JsonMapper().readTree(Files.readString(file)).at("/results/tests/0");
        assertThat(only.get("name").asString()).isEqualTo(CELL.toString());
        assertThat(only.get("status").asString()).isEqualTo("failed");
        assertThat(only.get("message").asString()).isEqualTo("BUG: ␇ at 0");
    }

    @Test
    void furtherInformationIsExportedAsWhatItWasDecidedToBe() throws Exception {
        long run = run(List.of(further("a"), further("b"), further("c")));
        store.waivers().resolve(CELL, "a", new Resolution(Verdict.FAIL, "that is no date", "Grace", MIDNIGHT));
        store.waivers().resolve(CELL, "b", new Resolution(Verdict.PASS, "as it should be", "Ada", MIDNIGHT));
        Path junit = JunitExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder.resolve("junit"))
                .getFirst();
        assertThat(readBack(junit))
                .extracting(CaseResult::verdict)
                .containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.SKIP);
        assertThat(readBack(junit).getFirst().message()).contains("Grace decided FAIL: that is no date");
        Element suite = parsed(junit);
        assertThat(suite.getAttribute("failures")).isEqualTo("1").isEqualTo(count(suite, "failure"));
        assertThat(suite.getAttribute("skipped")).isEqualTo("1").isEqualTo(count(suite, "skipped"));

        Path csv = folder.resolve("run.csv");
        CsvExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, csv);
        assertThat(Files.readString(csv))
                .contains(",a,FIP,FIP,,,,,FAIL,Grace,look", ",b,FIP,FIP,,,,,PASS,Ada,look", ",c,FIP,FIP,,,,,,,look");
    }

    private static CaseResult further(String name) {
        return new CaseResult(name, Verdict.FIP, "FIP", null, "look", null, 0);
    }

    @Test
    void csvHasALineForEachResult() throws Exception {
        store.waivers().add(waiver("plain FAIL"), "Ada", MIDNIGHT.minusSeconds(9));
        long run = run(List.of(
                new CaseResult("plain FAIL", Verdict.FAIL, "FAILED", -3, "one, \"two\"\nthree", null, 7),
                new CaseResult("b", Verdict.PASS, "ok", null, "", Duration.ofNanos(1_200_000), 0)));
        Path file = folder.resolve("csv").resolve("run.csv");
        CsvExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, file);
        assertThat(Files.readString(file)).isEqualTo("""
                        run,distribution,suite,variant,driver,case,verdict,native_word,native_code,seconds,line,waived_by,decided,decided_by,message\r
                        1,debian-12,commands,default,uml,plain FAIL,FAIL,FAILED,-3,,7,Ada,,,"one, ""two""
                        three"\r
                        1,debian-12,commands,default,uml,b,PASS,ok,,0.0012,,,,,\r
                        """);
        try (var beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void nothingInCsvIsTakenForAFormulaOrSteersATerminal() {
        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1")) {
            assertThat(CsvExport.text(formula)).matches("(?s)\"?'.*");
        }
        assertThat(CsvExport.text("a=1")).isEqualTo("a=1");
        assertThat(CsvExport.text("\u001b]0;x\u0007\u0000\r\u007f\u009b")).isEqualTo("␛]0;x␇␀␍␡\ufffd");
    }

    @Test
    void aFolderIsNotOverwrittenByAFile() throws IOException {
        long run = run(everyVerdict());
        assertThatThrownBy(() -> CsvExport.write(store.history(), store.waivers(), run, ZoneOffset.UTC, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write " + folder + ": it is a folder; name a file");
    }

    private long run(List<CaseResult> results) throws IOException {
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), MIDNIGHT, Map.of(), List.of(CELL)));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, MIDNIGHT);
        store.finish(attempt, sink -> results.forEach(sink::result), read -> ending(Outcome.FAILED, "some are bad"));
        store.close(run, MIDNIGHT.plusSeconds(700));
        return run;
    }

    private static List<CaseResult> everyVerdict() {
        List<CaseResult> results = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            results.add(new CaseResult(
                    "plain " + verdict, verdict, "", null, HOSTILE, Duration.ofMillis(1_500), results.size()));
            results.add(new CaseResult("=" + HOSTILE + verdict, verdict, "\u001b", null, "", null, 0));
        }
        return results;
    }

    private static Ending ending(Outcome outcome, String why) {
        return new Ending(
                outcome,
                why,
                MIDNIGHT.plusSeconds(600),
                1,
                true,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static Waiver waiver(String cases) {
        return new Waiver(
                new Scope(cases, "commands", null, null, List.of("*")),
                Waiver.Kind.SUITE_DEFICIENCY,
                "the test is wrong",
                "",
                "Ada",
                LocalDate.parse("2026-02-01"),
                LocalDate.parse("2026-12-01"));
    }

    private static List<CaseResult> readBack(Path file) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            ResultFormats.named("junit").orElseThrow().read(in, new ResultSink() {
                @Override
                public void result(CaseResult result) {
                    results.add(result);
                }

                @Override
                public void planned(long cases) {
                    throw new AssertionError("JUnit XML announces nothing");
                }

                @Override
                public void unreadable(long line, String shown, String expected) {
                    throw new AssertionError("line " + line + ": " + shown);
                }

                @Override
                public void truncated(String why) {
                    throw new AssertionError(why);
                }
            });
        }
        return results;
    }

    private static Element parsed(Path file) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static String count(Element suite, String name) {
        return String.valueOf(suite.getElementsByTagName(name).getLength());
    }
}
