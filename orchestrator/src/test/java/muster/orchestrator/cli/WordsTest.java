package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import muster.orchestrator.matrix.Estimate;
import muster.orchestrator.run.Board;
import muster.orchestrator.text.Table;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void terminalEscapesOfAGuestAreNeutralised() {
        assertThat(Words.harmless("a\u001b[2Jb\u202ec\r\u0007\u009b31m\nd\te"))
                .isEqualTo("a\ufffd[2Jb\ufffdc\ufffd\ufffd\ufffd31m\nd\te");
    }

    @Test
    void countsAreToldInWords() {
        assertThat(Words.of(new Counts(Map.of(Verdict.PASS, 10, Verdict.FAIL, 2, Verdict.SKIP, 0))))
                .isEqualTo("10 pass, 2 fail");
    }

    @Test
    void aTableIsCutAtTheLinesWidth() {
        Table table = new Table().row("cell", "verdicts").row("debian-12:commands", "x".repeat(200));
        assertThat(table.lines(40)).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
        assertThat(table.lines(40).get(1)).endsWith("…");
        assertThat(table.lines(400).get(0)).isEqualTo("cell                verdicts");
    }

    @Test
    void theLiveTableShowsStepTimeRestAndVerdicts() {
        Board board = new Board(Clock.fixed(NOON, ZoneOffset.UTC));
        Attempt one = attempt(1, "debian-12");
        board.queued(one, new Estimate(Duration.ofMinutes(2), Duration.ofMinutes(3), 5));
        board.step(one, Step.CLONING, NOON);
        board.step(one, Step.RUNNING, NOON.plusSeconds(5));
        board.counts(one, new Counts(Map.of(Verdict.PASS, 7)));
        Attempt two = attempt(2, "debian-13");
        board.queued(two, null);
        board.ended(two, Outcome.BOOT_FAILED, "no SSH\nconsole", Counts.NONE, NOON);
        List<String> lines = LiveTable.lines(board.snapshot(), Map.of(), NOON.plusSeconds(30), 100, 30, true).stream()
                .map(Object::toString)
                .toList();
        assertThat(lines.get(1)).contains("debian-12:s:default@uml", "running", "30s", "~1m30s", "7 pass");
        assertThat(lines.get(2)).contains("boot-failed", "no SSH").doesNotContain("console");
        assertThat(lines.getLast()).isEqualTo("1 of 2 cells done, 1 under way, 0 queued");
    }

    @Test
    void aTableHigherThanTheTerminalShowsWhatIsUnderWay() {
        Board board = new Board(Clock.fixed(NOON, ZoneOffset.UTC));
        for (int i = 0; i < 50; i++) {
            Attempt attempt = attempt(i, "d" + i);
            board.queued(attempt, null);
            if (i == 30) {
                board.step(attempt, Step.BOOTING, NOON);
            }
        }
        List<String> lines = LiveTable.lines(board.snapshot(), Map.of(), NOON, 100, 10, false).stream()
                .map(Object::toString)
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(10);
        assertThat(lines.get(1)).contains("d30").contains("booting");
    }

    private static Attempt attempt(long id, String distribution) {
        return new Attempt(id, 1, new CellKey(distribution, "s", "default", "uml"), Attempt.Kind.MAIN, id);
    }
}
