package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests whose guest is this host's shell and a folder. */
abstract class WithLocalGuest {

    static final Clock CLOCK = Clock.systemUTC();
    static final SuiteRunner.Limits LIMITS = new SuiteRunner.Limits(Duration.ofSeconds(60), Duration.ofSeconds(30));

    static final String ME = System.getProperty("user.name");

    @TempDir
    Path folder;

    Path guest;
    Path journal;
    Path log;
    Instant begin;

    @BeforeEach
    void makePlaces() throws IOException {
        guest = Files.createDirectory(folder.resolve("guest"));
        journal = folder.resolve("journal");
        log = folder.resolve("log");
        begin = CLOCK.instant();
    }

    @AfterEach
    void nothingOfTheSuiteIsLeftRunning() throws IOException, InterruptedException {
        GuestShell.Answer left = new LocalShell(List.of("sh"))
                .run("grep -lF '" + guest + "/attempts/' /proc/[0-9]*/environ 2>/dev/null", Duration.ofSeconds(10));
        assertThat(left.output()).isEmpty();
    }

    RunnerSettings settings(RunnerSettings.Ceilings ceilings) {
        return new RunnerSettings(
                guest + "/suites", guest + "/attempts", Duration.ofSeconds(20), Duration.ofMillis(5), ceilings);
    }

    SuiteRunner runner(GuestShell shell) {
        return new SuiteRunner(shell, CLOCK, settings(RunnerSettings.Ceilings.DEFAULT));
    }

    SuiteRunner runner() {
        return runner(new LocalShell(List.of("sh")));
    }

    Suite suite(String run) throws IOException {
        return suite(run, null, List.of());
    }

    Suite suite(String run, String prepare, List<Suite.Source> sources) throws IOException {
        Path suite = Files.createDirectories(folder.resolve("suite"));
        Files.writeString(suite.resolve("run"), "#!/bin/sh\n" + run);
        if (prepare != null) {
            Files.writeString(suite.resolve("prepare"), "#!/bin/sh\n" + prepare);
        }
        return new Suite(
                "words",
                "for a test",
                suite,
                "toybox",
                ME,
                1,
                null,
                List.of(),
                sources,
                new Suite.Commands(prepare == null ? null : "prepare", "run", null, null),
                new TreeMap<>(Map.of("WORD", "it's", "OTHER", "suite")),
                new TreeMap<>(Map.of("default", variant())),
                null,
                "d1");
    }

    static Suite.Variant variant() {
        return new Suite.Variant("default", new TreeMap<>(Map.of("OTHER", "variant $HOME")), List.of(), List.of());
    }

    SuiteEnding run(SuiteRunner runner, Suite suite, SuiteRunner.Limits limits) throws Exception {
        runner.start(7, suite, variant());
        return runner.follow(7, journal, log, begin, limits);
    }
}
