package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.RunView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with real guests: what was queued before it came, ended while a suite runs, and started again. */
class ServeIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void whatIsQueuedRunsAndSuitesOutliveTheirService() throws Exception {
        Path told = folder.resolve("told");
        Path farm = Files.writeString(
                TestImages.KEPT.folder().resolve("farm.yaml"),
                "notify: { channels: { desk: { command: [sh, -c, 'cat >> %s'] } } }\n".formatted(told));
        try {
            whatIsQueuedRunsAndSuitesOutliveTheirServiceTelling(told);
        } finally {
            Files.delete(farm);
        }
    }

    private void whatIsQueuedRunsAndSuitesOutliveTheirServiceTelling(Path told) throws Exception {
        long before = queued("with the next 'muster serve'", matrix("short"));
        try (MusterProcess service = MusterProcess.start("serve")) {
            service.awaitSaying("at work in ");
            long cut = queued("as soon as there is room", matrix("half"), "--priority", "1");
            service.awaitSaying("sleep:half@uml running");
            MusterProcess nothing = MusterProcess.run(LONG, "cancel", "debian-11:*");
            assertThat(nothing.exitCode()).isEqualTo(ExitCode.NOTHING_RAN);
            assertThat(nothing.output()).contains("cannot cancel anything");
            service.awaitSaying("sleep:short@uml passed");
            service.terminate();
            assertThat(service.await(LONG)).as(service.output()).isZero();
            assertThat(service.output()).contains("suites under way go on");
            try (MusterProcess next = MusterProcess.start("serve")) {
                next.awaitSaying("taking up run " + cut + ": 1 cell to go");
                next.awaitSaying("sleep:half@uml passed");
                next.awaitSaying("run " + cut + " has ended");
                await().atMost(LONG)
                        .until(() -> Files.exists(told)
                                && Files.readString(told).contains("run " + cut + ": nothing is newly broken"));
                next.terminate();
                next.await(LONG);
            }
            assertThat(Files.readString(told))
                    .containsOnlyOnce("\"headline\":\"short: run " + before + ": nothing is newly broken\"");
            assertPassed(before, 6);
            assertPassed(cut, 6);
        }
    }

    @Test
    void aServiceWaitsForTheEndOfWhoeverWorksInTheHome() throws Exception {
        Home home = Home.open(folder.resolve("home"));
        HomeLock lock = HomeLock.take(home).orElseThrow();
        lock.announce(new HomeLock.Door(4711, 1, "secret"));
        try (MusterProcess service = MusterProcess.startIn(home.folder(), "serve", "--listen", "off")) {
            service.awaitSaying("process 4711 works in " + home.folder());
            lock.close();
            service.awaitSaying("at work in " + home.folder());
            service.terminate();
            assertThat(service.await(LONG)).as(service.output()).isZero();
        }
    }

    private static void assertPassed(long number, int cases) throws IOException {
        try (ResultStore store = JdbiResultStore.open(TestImages.KEPT.store(), Clock.systemUTC())) {
            RunView run = store.history().run(number).orElseThrow();
            assertThat(run.run().endedAt()).isNotNull();
            assertThat(run.run().outcomes()).containsOnlyKeys(Outcome.PASSED);
            assertThat(run.run().counts().total()).isEqualTo(cases);
        }
    }

    private static long queued(String when, String... arguments) throws IOException, InterruptedException {
        String[] line = new String[arguments.length + 1];
        line[0] = "queue";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        MusterProcess muster = MusterProcess.run(LONG, line);
        assertThat(muster.exitCode()).as(muster.output()).isZero();
        assertThat(muster.output()).contains(when);
        Matcher number = Pattern.compile("queued run ([0-9]+): 1 cell").matcher(muster.output());
        assertThat(number.find()).as(muster.output()).isTrue();
        return Long.parseLong(number.group(1));
    }

    private String matrix(String variant) throws IOException {
        return Files.writeString(folder.resolve(variant + ".yaml"), """
                        matrix: %1$s
                        distributions: [debian-12]
                        suites: { sleep: { variants: [%1$s] } }
                        guest: { memory: 256M, driver: [uml] }
                        """.formatted(variant))
                .toString();
    }
}
