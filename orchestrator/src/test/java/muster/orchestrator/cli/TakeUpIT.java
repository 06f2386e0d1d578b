package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.guest.TestImages;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.CellLine;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed while eight real guests run their suites, and the next one. */
class TakeUpIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int GUESTS = 8;
    private static final Pattern RUNNING =
            Pattern.compile("^[0-9:]{8} debian-12:sleep:[a-z]+@uml running$", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void afterKillNineTheNextServiceFollowsEightSuitesOnAndWhoWatchesSeesTheirEnd() throws Exception {
        long number = queued();
        try (MusterProcess killed = MusterProcess.start("serve")) {
            killed.awaitSaying(RUNNING, GUESTS);
            try (MusterProcess watch = MusterProcess.start("watch", Long.toString(number))) {
                watch.awaitSaying("debian-12:sleep:eight@uml running");
                killed.killHard();
                watch.awaitSaying("its muster has ended; the next");
                long from = System.nanoTime();
                try (MusterProcess next = MusterProcess.start("serve")) {
                    next.awaitSaying(RUNNING, GUESTS);
                    System.out.printf(
                            "%d guests are followed again %.1f s after 'muster serve' was started%n",
                            GUESTS, (System.nanoTime() - from) / 1e9);
                    assertThat(next.output()).contains("taking up run " + number + ": 8 cells to go");
                    assertThat(watch.await(LONG)).as(watch.output()).isEqualTo(ExitCode.GOOD);
                    next.awaitSaying("run " + number + " has ended");
                    next.terminate();
                    assertThat(next.await(LONG)).as(next.output()).isZero();
                }
            }
        }
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            List<CellLine> cells = store.history().cells(number);
            assertThat(cells).hasSize(GUESTS).allSatisfy(cell -> {
                assertThat(cell.outcome()).isEqualTo(Outcome.PASSED);
                assertThat(cell.counts().total()).isEqualTo(6);
                assertThat(cell.counts().of(Verdict.PASS)).isEqualTo(6);
                assertThat(store.history()
                                .cell(number, cell.cell())
                                .orElseThrow()
                                .guests())
                        .as("one guest from its boot to its end")
                        .hasSize(1);
            });
        }
        Remains.assertNothingIsLeft();
    }

    private long queued() throws IOException, InterruptedException {
        Path matrix = Files.writeString(folder.resolve("eight.yaml"), """
                matrix: eight
                distributions: [debian-12]
                suites: { sleep: { variants: [one, two, three, four, five, six, seven, eight] } }
                guest: { memory: 256M, driver: [uml] }
                """);
        MusterProcess queue = MusterProcess.run(LONG, "queue", matrix.toString());
        Matcher number = Pattern.compile("queued run ([0-9]+): 8 cells").matcher(queue.output());
        assertThat(number.find()).as(queue.output()).isTrue();
        return Long.parseLong(number.group(1));
    }
}
