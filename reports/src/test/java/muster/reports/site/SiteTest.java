package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.reports.Counts;
import muster.reports.Ending.KeptFile;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.Scope;
import muster.reports.Site;
import muster.reports.Step;
import muster.reports.Waived;
import muster.reports.Waiver;
import muster.reports.view.CaseLine;
import muster.reports.view.CaseName;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SiteTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant BEGAN = Instant.parse("2026-08-04T23:30:00Z");

    @TempDir
    static Path demo;

    @BeforeAll
    static void exportDemo() throws IOException {
        export(DemoFarm.history(), demo);
    }

    @Test
    void everyLinkLeadsToAFileAndAPlaceInIt() throws IOException {
        int links = 0;
        Map<Path, Set<String>> places = new TreeMap<>();
        for (Path page : Pages.of(demo)) {
            for (String address : addresses(Pages.parse(page))) {
                String[] parts = address.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page
                        : page.getParent().resolve(parts[0]).normalize();
                assertThat(target).as("%s on %s", address, page).isRegularFile().startsWith(demo);
                if (parts.length == 2) {
                    assertThat(places.computeIfAbsent(target, SiteTest::places))
                            .as("%s on %s", address, page)
                            .contains(parts[1]);
                }
                links++;
            }
        }
        assertThat(links).isGreaterThan(1_000);
    }

    @Test
    void pagesHoldNoScriptAndNothingFromElsewhere() throws IOException {
        for (Path page : Pages.of(demo)) {
            Document document = Pages.parse(page);
            for (String element : List.of("script", "img", "iframe", "object", "style", "form")) {
                assertThat(Pages.elements(document, element))
                        .as("%s in %s", element, page)
                        .isEmpty();
            }
            for (Element element : Pages.elements(document, "*")) {
                for (int at = 0; at < element.getAttributes().getLength(); at++) {
                    Attr attribute = (Attr) element.getAttributes().item(at);
                    assertThat(attribute.getName()).doesNotStartWith("on").isNotEqualTo("style");
                }
            }
            assertThat(Files.readString(page)).contains("default-src 'none'");
            assertThat(addresses(document)).noneMatch(address -> address.contains(":") && !address.contains("~"));
        }
        assertThat(Files.readString(demo.resolve("assets/muster.css"))).doesNotContain("url(", "@import", "http");
    }

    @Test
    void hostileTextIsSeenAndDoesNothing() throws IOException {
        Path page = demo.resolve(Links.page(new CaseName("commands", DemoFarm.HOSTILE)));
        assertThat(Pages.words(page))
                .contains("<script>alert(1)</script><img src=x onerror=alert(2)> ⟨U+202E⟩gnp.exe ⟨ESC⟩[31mred")
                .contains("</pre><script>alert(3)</script> ⟨ESC⟩]0;title⟨BEL⟩ ⟨U+2066⟩isolated⟨U+2069⟩");
        for (Path each : Pages.of(demo)) {
            assertThat(Files.readString(each).codePoints())
                    .as("invisible characters of %s", each)
                    .noneMatch(point -> point != '\n'
                            && point != '\t'
                            && (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT));
        }
    }

    @Test
    void nothingIsWrittenTwice(@TempDir Path folder) throws IOException {
        FakeHistory history = DemoFarm.history();
        assertThat(export(history, folder)).isGreaterThan(100);
        assertThat(export(history, folder)).isZero();
    }

    @Test
    void anotherNightLeavesThePagesOfEarlierCellsAlone(@TempDir Path folder) throws IOException {
        DemoFarm farm = new DemoFarm();
        farm.night(1);
        farm.night(2);
        export(farm.history, folder);
        Map<Path, String> before = contents(folder);
        farm.night(3);
        export(farm.history, folder);
        Map<Path, String> after = contents(folder);
        Set<Path> changed = new HashSet<>();
        before.forEach((file, content) -> {
            if (!content.equals(after.get(file))) {
                changed.add(folder.relativize(file));
            }
        });
        assertThat(after.keySet()).containsAll(before.keySet());
        assertThat(changed).contains(Path.of("index.html")).allMatch(file -> !file.startsWith("run"));
    }

    @Test
    void aRunningCellShowsItsStepUntilItHasEnded(@TempDir Path folder) throws IOException {
        FakeHistory history = new FakeHistory();
        TreeMap<Step, Instant> steps = new TreeMap<>(
                Map.of(Step.QUEUED, BEGAN, Step.CLONING, BEGAN.plusSeconds(1), Step.BOOTING, BEGAN.plusSeconds(2)));
        put(history, line(null), steps, List.of(), List.of());
        export(history, folder);
        Path page = folder.resolve("run/1/debian-12~commands~default~uml.html");
        assertThat(Pages.words(page)).contains("booting").contains("At this step for 11 min 18 s");
        assertThat(Pages.words(folder.resolve("index.html"))).contains("Run 1 is under way");

        put(history, line(Outcome.PANICKED), steps, List.of(), List.of());
        export(history, folder);
        assertThat(Pages.words(page)).contains("panicked").doesNotContain("so far");
    }

    @Test
    void aMegabyteOfNameMakesAShortPage(@TempDir Path folder) throws IOException {
        FakeHistory history = new FakeHistory();
        String name = "x\u202e<b>".repeat(200_000);
        CaseLine line = new CaseLine(name, Verdict.FAIL, "FAIL", name, null, 1, null, 1, null);
        put(history, line(Outcome.FAILED), new TreeMap<>(), List.of(line), List.of());
        export(history, folder);
        assertThat(Pages.of(folder)).hasSize(5).allSatisfy(page -> {
            assertThat(page).satisfies(each -> assertThat(Files.size(each)).isLessThan(60_000));
        });
        assertThat(Pages.words(folder.resolve(Links.page(new CaseName("commands", name)))))
                .contains("(cut: 1,000,000 characters)");
    }

    @Test
    void whatTheSiteLeavesOutOfAJournalIsSaid(@TempDir Path folder) throws IOException {
        FakeHistory history = new FakeHistory();
        byte[] journal = "PASS: one more line\n".repeat(600_000).getBytes(StandardCharsets.UTF_8);
        history.files.put("journal", journal);
        KeptFile file = new KeptFile("journal", "journal", "journal", journal.length, 0);
        put(history, line(Outcome.PASSED), new TreeMap<>(), List.of(), List.of(file));
        export(history, folder);
        String text = Files.readString(folder.resolve("run/1/debian-12~commands~default~uml/journal.txt"));
        assertThat(text)
                .startsWith("PASS: one")
                .endsWith("more line\n")
                .contains("[ 3,611,392 bytes are left out here ]");
        assertThat(Pages.words(folder.resolve("run/1/debian-12~commands~default~uml.html")))
                .contains("3.6 MB of its middle are left out here")
                .contains("PASS: one more line");
    }

    @Test
    void keptFilesCannotLeaveTheirFolder(@TempDir Path folder) throws IOException {
        FakeHistory history = new FakeHistory();
        history.files.put("a", "<script>".getBytes(StandardCharsets.UTF_8));
        KeptFile file = new KeptFile("artefact", "../../../index.html", "a", 8, 0);
        put(history, line(Outcome.PASSED), new TreeMap<>(), List.of(), List.of(file, file));
        export(history, folder);
        Path cell = folder.resolve("run/1/debian-12~commands~default~uml");
        try (Stream<Path> files = Files.list(cell)) {
            assertThat(files).containsExactlyInAnyOrder(cell.resolve("artefact.bin"), cell.resolve("artefact-2.bin"));
        }
    }

    @Test
    void aFarmThatNeverRanSaysSo(@TempDir Path folder) throws IOException {
        export(new FakeHistory(), folder);
        assertThat(Pages.words(folder.resolve("index.html"))).contains("Nothing has run yet");
    }

    @Test
    void waiversAreListedAndTotalsStandBothWays(@TempDir Path folder) throws IOException {
        FakeHistory history = DemoFarm.history();
        long run = history.runs.lastKey();
        CellLine cell = history.runs.get(run).cells().stream()
                .filter(line -> line.counts().of(Verdict.FAIL) > 1)
                .findFirst()
                .orElseThrow();
        List<String> failing = history.cells.get(run).get(cell.cell()).cases().stream()
                .filter(each -> each.verdict() == Verdict.FAIL)
                .map(each -> each.name())
                .toList();
        RecordedWaiver holding =
                waiver(1, LocalDate.ofInstant(DemoFarm.NOW, ZONE).plusDays(3));
        RecordedWaiver expired =
                waiver(2, LocalDate.ofInstant(DemoFarm.NOW, ZONE).minusDays(3));
        FakeWaivers waivers = new FakeWaivers();
        waivers.recorded.addAll(List.of(holding, expired));
        Waived waived = new Waived(
                new TreeMap<>(Map.of(failing.get(0), holding)), new TreeMap<>(Map.of(failing.get(1), expired)));
        waivers.ofRuns.put(run, new TreeMap<>(Map.of(cell.cell(), waived)));
        Site.export(
                history, new FakeComparison(history), waivers, folder, Clock.fixed(DemoFarm.NOW, ZoneOffset.UTC), ZONE);

        assertThat(Pages.words(folder.resolve("waivers.html")))
                .contains("1 waiver expired", "expires soon", "the test is wrong", "Ada");
        String page =
                Pages.words(folder.resolve("run/" + run + "/" + cell.cell().slug() + ".html"));
        assertThat(page)
                .contains(cell.counts().bad() + " bad of ", " with them")
                .contains((cell.counts().bad() - 1) + " without")
                .contains("Waivers that have expired", failing.get(1), "waiver 2")
                .contains("waived until " + holding.waiver().expires());
        assertThat(Pages.words(folder.resolve("run/" + run + "/index.html")))
                .contains("Bad without waived", "Waivers that have expired");
    }

    private static RecordedWaiver waiver(long number, LocalDate expires) {
        Waiver waiver = new Waiver(
                new Scope("*", "posix", null, null, List.of("*")),
                Waiver.Kind.SUITE_DEFICIENCY,
                "the test is wrong",
                "",
                "Ada",
                expires.minusDays(90),
                expires);
        return new RecordedWaiver(number, waiver, "Ada", BEGAN.minusSeconds(9), null, null);
    }

    private static int export(FakeHistory history, Path folder) throws IOException {
        return Site.export(
                history,
                new FakeComparison(history),
                new FakeWaivers(),
                folder,
                Clock.fixed(DemoFarm.NOW, ZoneOffset.UTC),
                ZONE);
    }

    private static CellLine line(Outcome outcome) {
        Instant ended = outcome == null ? null : BEGAN.plusSeconds(60);
        Step step = outcome == null ? Step.BOOTING : Step.DONE;
        return new CellLine(1, DemoFarm.CELL, step, outcome, "", BEGAN, ended, Counts.NONE, 0, 0);
    }

    private static void put(
            FakeHistory history,
            CellLine line,
            SortedMap<Step, Instant> steps,
            List<CaseLine> cases,
            List<KeptFile> files) {
        CellView view = new CellView(
                line, List.of(), steps, List.of(), cases, 0, List.of(), files, new TreeMap<>(), new TreeMap<>(), null);
        Map<Outcome, Integer> outcomes = line.outcome() == null ? Map.of() : Map.of(line.outcome(), 1);
        RunLine run = new RunLine(1, "nightly", BEGAN, line.endedAt(), outcomes, 1, Counts.NONE, 0, 0);
        history.add(new RunView(run, "aa", Map.of(), List.of(line), List.of()), List.of(view));
    }

    private static List<String> addresses(Document page) {
        return Pages.elements(page, "*").stream()
                .flatMap(element -> Stream.of(element.getAttribute("href"), element.getAttribute("src")))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static Set<String> places(Path page) {
        Set<String> places = new HashSet<>();
        for (Element element : Pages.elements(Pages.parse(page), "*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || places.add(id))
                    .as("%s is there once on %s", id, page)
                    .isTrue();
        }
        return places;
    }

    private static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file) + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }
}
