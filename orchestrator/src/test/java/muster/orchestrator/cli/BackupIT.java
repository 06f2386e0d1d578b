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
import muster.orchestrator.home.Home;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is made while the suite of a real guest runs. */
class BackupIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final CellKey CELL = CellKey.parse("debian-12:sleep:half@uml");

    @TempDir
    Path folder;

    @Test
    void theSuiteGoesOnUndisturbedAndBeginsAnewInTheHomeThatIsRestored() throws Exception {
        Path backup = folder.resolve("backup.tar.zst");
        Home restored = new Home(folder.resolve("h"));
        long run;
        try (MusterProcess service = MusterProcess.start("serve", "--listen", "127.0.0.1:0")) {
            service.awaitSaying("at work in ");
            run = queued();
            service.awaitSaying(CELL + " running");
            assertThat(MusterProcess.run(LONG, "backup", backup.toString()).exitCode())
                    .isZero();
            ended(service, run);
        }
        try (MusterProcess restore = MusterProcess.startIn(restored.folder(), "restore", backup.toString())) {
            assertThat(restore.await(LONG)).as(restore.output()).isZero();
        }
        // they would be made again, which takes minutes
        for (Path made : List.of(TestImages.KEPT.images(), TestImages.KEPT.runtimes())) {
            Files.createSymbolicLink(restored.folder().resolve(made.getFileName()), made.toAbsolutePath());
        }
        try (MusterProcess service = MusterProcess.startIn(restored.folder(), "serve", "--listen", "127.0.0.1:0")) {
            service.awaitSaying("taking up run " + run + ": 1 cell to go");
            ended(service, run);
        }
        for (Home home : List.of(TestImages.KEPT, restored)) {
            try (ResultStore store = JdbiResultStore.open(home.store(), Clock.systemUTC())) {
                assertThat(store.history().cell(run, CELL).orElseThrow()).satisfies(cell -> {
                    assertThat(cell.line().outcome()).isEqualTo(Outcome.PASSED);
                    assertThat(cell.line().counts().total()).isEqualTo(6);
                    assertThat(cell.attempts()).hasSize(1);
                });
            }
        }
    }

    private static void ended(MusterProcess service, long run) throws Exception {
        service.awaitSaying(CELL + " passed");
        service.awaitSaying("run " + run + " has ended");
        service.terminate();
        assertThat(service.await(LONG)).as(service.output()).isZero();
    }

    private long queued() throws IOException, InterruptedException {
        Path matrix = Files.writeString(folder.resolve("half.yaml"), """
                matrix: backed-up
                distributions: [debian-12]
                suites: { sleep: { variants: [half] } }
                guest: { memory: 256M, driver: [uml] }
                """);
        MusterProcess muster = MusterProcess.run(LONG, "queue", matrix.toString());
        Matcher number = Pattern.compile("queued run ([0-9]+): 1 cell").matcher(muster.output());
        assertThat(number.find()).as(muster.output()).isTrue();
        return Long.parseLong(number.group(1));
    }
}
