package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import muster.reports.view.CaseView;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class CasePageTest {

    @Test
    void streakBeginsWhereTheVerdictChanged() {
        CasePage.Lane lane = lane(Verdict.PASS, Verdict.FAIL, Verdict.FAIL);
        assertThat(lane.streak()).isEqualTo("FAIL since run 2: 2 runs.");
        assertThat(lane.turns()).extracting(CasePage.Turn::run).containsExactly(2L);
        assertThat(lane.strip().summary()).isEqualTo("PASS in run 1, FAIL in runs 2 to 3");
    }

    @Test
    void aRunWithoutTheCaseBreaksNoStreak() {
        CasePage.Lane lane = lane(Verdict.FAIL, null, Verdict.FAIL);
        assertThat(lane.streak()).isEqualTo("FAIL in every run shown that ran it (2).");
        assertThat(lane.turns()).isEmpty();
        assertThat(lane.strip().summary()).isEqualTo("FAIL in run 1, not run in run 2, FAIL in run 3");
    }

    @Test
    void newestVerdictIsThatOfTheLastRunThatRanIt() {
        CasePage.Lane lane = lane(Verdict.PASS, Verdict.FAIL, null);
        assertThat(lane.now().word()).isEqualTo("FAIL");
        assertThat(lane.newestRun()).isEqualTo(2);
    }

    @Test
    void aLaneThatNeverRanItSaysSo() {
        assertThat(lane(null, null, null).streak()).isEqualTo("It was not run here in the runs shown.");
    }

    private static CasePage.Lane lane(Verdict... verdicts) {
        CaseView view = new CaseView(
                "commands", "one", List.of(1L, 2L, 3L), Map.of(DemoFarm.CELL, Arrays.asList(verdicts)), Map.of());
        return CasePage.of(view, new java.util.TreeMap<>(), Map.of()).lanes().getFirst();
    }
}
