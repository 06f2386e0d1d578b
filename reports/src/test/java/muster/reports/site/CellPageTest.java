package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.reports.Counts;
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
        assertThat(CellPage.rest(view)).singleElement().satisfies(group -> {
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
        assertThat(CellPage.rest(view)).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(4_500);
            assertThat(group.cases().size() + group.more()).isEqualTo(4_500);
        });
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
        return new CaseLine(name, verdict, verdict.name(), "", null, 0, before, 1);
    }

    private static CellView view(List<CaseLine> cases) {
        CellLine line = new CellLine(
                3,
                DemoFarm.CELL,
                Step.DONE,
                Outcome.FAILED,
                "",
                BEGAN.plusSeconds(20),
                BEGAN.plusSeconds(60),
                Counts.NONE,
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
