package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import muster.reports.Counts;
import muster.reports.Ending.KeptFile;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class CellPageTest {

    private static final Links LINKS = Links.among(Set.of(), Set.of());
    private static final Instant BEGAN = Instant.parse("2026-08-04T23:30:00Z");

    @Test
    void newlyBrokenCasesComeFirstThenBadThenMended() {
        CellView view = view(List.of(
                line("mended", Verdict.PASS, Verdict.FAIL),
                line("known", Verdict.FAIL, Verdict.FAIL),
                line("appeared", Verdict.FAIL, null),
                line("new", Verdict.UNRESOLVED, Verdict.PASS),
                line("good", Verdict.PASS, Verdict.PASS)));
        assertThat(CellPage.troubled(view))
                .extracting(one -> one.line().name())
                .containsExactly("new", "known", "appeared", "mended");
        assertThat(CellPage.rest(view, LINKS)).singleElement().satisfies(group -> {
            assertThat(group.state().word()).isEqualTo("PASS");
            assertThat(group.cases()).extracting(CaseLine::name).containsExactly("good");
        });
    }

    @Test
    void everyCaseStandsSomewhereHoweverManyAreBad() {
        List<CaseLine> lines = new ArrayList<>();
        for (int at = 0; at < 5_500; at++) {
            lines.add(line("case " + at, Verdict.FAIL, Verdict.FAIL));
        }
        CellView view = view(lines);
        assertThat(CellPage.troubled(view)).hasSize(1_000);
        assertThat(CellPage.rest(view, LINKS)).singleElement().satisfies(group -> {
            assertThat(group.count()).as("the lists have those above, too").isEqualTo(5_500);
            assertThat(group.cases()).isEmpty();
            assertThat(group.pages())
                    .hasSize(6)
                    .first()
                    .isEqualTo("run/3/debian-12~commands~default~uml/cases-fail-1.html");
        });
        CellView small = view(lines.subList(0, 1_500));
        assertThat(CellPage.rest(small, LINKS)).singleElement().satisfies(group -> {
            assertThat(group.cases()).hasSize(500);
            assertThat(group.pages()).isEmpty();
        });
    }

    @Test
    void shardsAreToldWithWhatWasKeptOfEach() {
        KeptText log = new KeptText(new KeptFile("log", "shard-1/log", "aa", 1, 0), "run/3/x/log.txt", "", 0);
        KeptText journal = new KeptText(new KeptFile("journal", "journal", "bb", 1, 0), "run/3/x/journal.txt", "", 0);
        CellView whole = view(List.of());
        assertThat(CellPage.shards(whole, List.of(log, journal))).isEmpty();
        CellView view = new CellView(
                whole.line(),
                List.of(),
                whole.steps(),
                List.of(
                        new GuestRecord("shard-1", "uml", "farm-1", "image", BEGAN),
                        new GuestRecord("shard-2", "uml", "farm-1", "image", BEGAN)),
                List.of(),
                0,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                2L);
        assertThat(CellPage.shards(view, List.of(log, journal)))
                .extracting(CellPage.Shard::texts)
                .containsExactly(List.of(log), List.of());
    }

    @Test
    void barsOfStepsFollowEachOtherAndLeaveTheQueueOut() {
        List<CellPage.Stride> strides = CellPage.steps(view(List.of()), BEGAN.plusSeconds(500));
        assertThat(strides)
                .extracting(CellPage.Stride::step)
                .containsExactly(Step.QUEUED, Step.CLONING, Step.RUNNING, Step.DONE);
        assertThat(strides).extracting(CellPage.Stride::x).containsExactly(0L, 0L, 250L, 0L);
        assertThat(strides).extracting(CellPage.Stride::width).containsExactly(0L, 250L, 750L, 0L);
        assertThat(strides.getFirst().took()).isEqualTo(Duration.ofSeconds(20));
        assertThat(strides).noneMatch(CellPage.Stride::live);
    }

    @Test
    void commandsCarryTheRunsSettingsQuoted() {
        RunLine line = new RunLine(3, "nightly", BEGAN, BEGAN, Map.of(), 1, Counts.NONE, 0, 0);
        RunView run = new RunView(line, "", Map.of("guest.memory", "1G", "note", "it's; rm -rf"), List.of(), List.of());
        assertThat(Commands.of(view(List.of()), run).getFirst().line())
                .isEqualTo("muster run config/matrices/nightly.yaml --only debian-12:commands:default@uml"
                        + " --set guest.memory=1G --set 'note=it'\\''s; rm -rf'");
    }

    @Test
    void commandsRunABadCaseAgainByItsQuotedName() {
        RunLine line = new RunLine(3, "nightly", BEGAN, BEGAN, Map.of(), 1, Counts.NONE, 0, 0);
        RunView run = new RunView(line, "", Map.of(), List.of(), List.of());
        CellView bare = view(List.of(line("it's bad", Verdict.FAIL, Verdict.PASS)));
        assertThat(Commands.again(bare, "it's bad"))
                .as("nothing is known of it")
                .isNull();
        bare.provenance()
                .putAll(Map.of(
                        "image.name",
                        "debian-12-1",
                        "suite.user",
                        "tester",
                        "suite.run-case",
                        "one",
                        "environment.A",
                        "b c"));
        assertThat(Commands.again(bare, "it's bad"))
                .isEqualTo("muster rerun debian-12:commands:default@uml --run 3 --case 'it'\\''s bad'");
        assertThat(Commands.of(bare, run))
                .extracting(CellPage.Command::line)
                .anySatisfy(each -> assertThat(each)
                        .contains("setpriv --reuid=tester ", " 'A=b c' ")
                        .contains("/opt/muster/suites/commands/one 'it'\\''s bad' </dev/null"));
    }

    private static CaseLine line(String name, Verdict verdict, Verdict before) {
        return new CaseLine(name, verdict, verdict.name(), "", null, 0, before, 1, null);
    }

    private static CellView view(List<CaseLine> cases) {
        TreeMap<Verdict, Integer> counts = new TreeMap<>();
        cases.forEach(line -> counts.merge(line.verdict(), 1, Integer::sum));
        CellLine line = new CellLine(
                3,
                DemoFarm.CELL,
                Step.DONE,
                Outcome.FAILED,
                "",
                BEGAN.plusSeconds(20),
                BEGAN.plusSeconds(60),
                new Counts(counts),
                0,
                0);
        TreeMap<Step, Instant> steps = new TreeMap<>(Map.of(
                Step.QUEUED, BEGAN,
                Step.CLONING, BEGAN.plusSeconds(20),
                Step.RUNNING, BEGAN.plusSeconds(30),
                Step.DONE, BEGAN.plusSeconds(60)));
        return new CellView(
                line,
                List.of(),
                steps,
                List.of(),
                cases,
                1,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                2L);
    }
}
