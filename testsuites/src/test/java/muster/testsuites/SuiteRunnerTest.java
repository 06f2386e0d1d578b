package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of a suite's run, with this host's shell in place of a guest's. */
class SuiteRunnerTest extends WithLocalGuest {
    /** A suite's own score, and that of the process that runs it. */
    private static final String SCORES =
            "cd /proc && cat self/oom_score_adj $(cat ${MUSTER_JOURNAL%journal}pid)/oom_score_adj";

    private Suite listing(String list) throws IOException {
        return listing(list, "exit 0\n");
    }

    private Suite listing(String list, String run) throws IOException {
        Suite suite = suite(run);
        Files.writeString(suite.folder().resolve("list"), "#!/bin/sh\n" + list);
        return new Suite(
                suite.name(),
                suite.description(),
                suite.folder(),
                suite.format(),
                suite.user(),
                suite.cpu(),
                null,
                List.of(),
                List.of(),
                new Suite.Commands(null, "run", "list", null),
                suite.environment(),
                suite.variants(),
                null,
                Integer.toHexString(list.hashCode()));
    }

    @Test
    void journalLogAndExitStatusArrive() throws Exception {
        SuiteEnding ending =
                run(runner(), suite("echo PASS: a >>$MUSTER_JOURNAL; echo said; echo wrong >&2; exit 3"), LIMITS);
        assertThat(ending).isEqualTo(new SuiteEnding.Exited(3, List.of()));
        assertThat(journal).hasContent("PASS: a\n");
        assertThat(log).hasContent("said\nwrong\n");
    }

    /** As in a container, whose first process and SSH server cannot protect themselves. */
    @Test
    void whereTheKernelWouldTakeAnyProcessForItsMemoryTheSuitesGoBeforeWhatFollowsThem() throws Exception {
        LocalShell marked =
                new LocalShell(List.of("sh", "-c", "echo 300 >/proc/self/oom_score_adj && exec sh \"$@\"", "sh"));
        run(runner(marked), suite(SCORES), LIMITS);
        assertThat(log).hasContent("1000\n300\n");
    }

    @Test
    void elsewhereTheSuitesProcessesAreTakenAsThoseOfOthers() throws Exception {
        Assumptions.assumeTrue(
                Files.readString(Path.of("/proc/self/oom_score_adj")).equals("0\n"),
                "these tests are marked themselves");
        run(runner(), suite(SCORES), LIMITS);
        assertThat(log).hasContent("0\n0\n");
    }

    @Test
    void environmentIsStatedAndNothingElse() throws Exception {
        run(runner(), suite("env | sort >$MUSTER_JOURNAL; cat; pwd; ls -A"), LIMITS);
        String attempt = guest + "/attempts/attempt-7";
        assertThat(Files.readAllLines(journal).stream().filter(line -> !line.startsWith("_=")))
                .containsExactly(
                        "HOME=" + System.getProperty("user.home"),
                        "LANG=C.UTF-8",
                        "LOGNAME=" + ME,
                        "MUSTER_ARTEFACTS=" + attempt + "/artefacts",
                        "MUSTER_JOURNAL=" + attempt + "/journal",
                        "MUSTER_SUBJECTS=" + attempt + "/subjects",
                        "MUSTER_VARIANT=default",
                        "OTHER=variant $HOME",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "PWD=" + guest + "/attempts/work",
                        "SHELL=/bin/sh",
                        "TZ=UTC",
                        "USER=" + ME,
                        "WORD=it's");
        assertThat(log).hasContent(guest + "/attempts/work\n");
    }

    @Test
    void whatWillRunIsAskedBeforeInTheSuitesOwnEnvironment() throws Exception {
        Suite suite = listing("echo \"$WORD\"; echo unheard >&2; echo $MUSTER_VARIANT; id -un\n");
        assertThat(runner().list(7, suite, variant()).cases()).containsExactly("it's", "default", ME);
        assertThat(runner().list(7, suite, variant()).cases()).hasSize(3);
        assertThat(runner().list(7, suite("exit 0\n"), variant())).isEqualTo(Manifest.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatWasListedIsStartedOnceThoughTheConnectionIsCut(long seed) throws Exception {
        Path once = folder.resolve("once");
        Suite suite = listing("echo left >behind; echo a\n", "echo ran >>" + once + "; ls >>$MUSTER_JOURNAL; pwd\n");
        SuiteRunner runner = runner(new CuttingShell(new LocalShell(List.of("sh")), seed, 0.2));
        for (int i = 0; i < 2; i++) {
            assertThat(runner.list(7, suite, variant()).cases()).containsExactly("a");
        }
        assertThat(guest.resolve("attempts/attempt-7")).doesNotExist();
        for (int i = 0; i < 3; i++) {
            assertThat(run(runner, suite, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        }
        assertThat(once).hasContent("ran\n");
        assertThat(journal).isEmptyFile();
        assertThat(log).hasContent(guest + "/attempts/work\n");
        assertThat(guest.resolve("attempts/attempt-7.listed")).doesNotExist();
    }

    @Test
    void aGuestThatSaidThatNothingIsLeftIsNotAskedForIt() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        LocalShell guestShell = new LocalShell(List.of("sh"));
        GuestShell listening = (GuestShell) Proxy.newProxyInstance(
                GuestShell.class.getClassLoader(), new Class<?>[] {GuestShell.class}, (_, method, words) -> {
                    asked.add((String) words[0]);
                    return method.invoke(guestShell, words);
                });
        SuiteRunner runner = runner(listening);
        run(runner, suite("echo PASS: a >>$MUSTER_JOURNAL"), LIMITS);
        asked.clear();
        assertThat(runner.collect(7, folder.resolve("artefacts")))
                .isEqualTo(new Collected(List.of(), List.of(), List.of()));
        assertThat(asked).isEmpty();
        assertThat(runner().collect(7, folder.resolve("artefacts")).artefacts()).isEmpty();
    }

    @Test
    void whoDidNotListStartsAllTheSame() throws Exception {
        Suite suite = listing("echo a\n", "echo PASS: a >>$MUSTER_JOURNAL\n");
        runner().list(7, suite, variant());
        assertThat(run(runner(), suite, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        assertThat(journal).hasContent("PASS: a\n");
    }

    @Test
    void aListThatFailsSaysNothingOrTooMuchIsRefused() throws Exception {
        assertThatThrownBy(() -> runner().list(7, listing("echo a; echo broken >&2; exit 3\n"), variant()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContainingAll("cannot list the cases", "status 3: broken");
        assertThatThrownBy(() -> runner().list(8, listing(":\n"), variant()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("names none");
        assertThatThrownBy(() -> runner().list(9, listing("head -c 70000000 /dev/zero\n"), variant()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void suiteRunsOnceHoweverOftenItIsStarted() throws Exception {
        Path once = folder.resolve("once");
        Suite suite = suite("echo ran >>" + once + "; echo PASS: a >>$MUSTER_JOURNAL");
        for (int i = 0; i < 5; i++) {
            runner().start(7, suite, variant());
        }
        runner().follow(7, journal, log, begin, LIMITS);
        runner().start(7, suite, variant());
        assertThat(runner().follow(7, journal, log, begin, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        assertThat(once).hasContent("ran\n");
        assertThat(journal).hasContent("PASS: a\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void journalIsWholeHoweverOftenTheConnectionIsCut(long seed) throws Exception {
        Path once = folder.resolve("once");
        Suite suite = suite("echo ran >>" + once + """

                i=0
                while [ $i -lt 300 ]; do
                  i=$((i + 1))
                  echo "PASS: case $i" >>$MUSTER_JOURNAL
                  echo "log $i"
                  [ $((i % 100)) -ne 0 ] || sleep 0.1
                done
                printf 'kept' >$MUSTER_ARTEFACTS/kept
                printf 'sh\\t/bin/sh\\tdash 1\\n' >$MUSTER_SUBJECTS
                """);
        CuttingShell shell = new CuttingShell(new LocalShell(List.of("sh")), seed, 0.2);
        SuiteRunner runner = runner(shell);
        assertThat(run(runner, suite, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        Collected collected = runner.collect(7, folder.resolve("artefacts"));
        assertThat(once).hasContent("ran\n");
        assertThat(journal).hasSameBinaryContentAs(guest.resolve("attempts/attempt-7/journal"));
        assertThat(log).hasSameBinaryContentAs(guest.resolve("attempts/attempt-7/log"));
        assertThat(Files.readAllLines(journal)).hasSize(300).endsWith("PASS: case 300");
        assertThat(folder.resolve("artefacts/kept")).hasContent("kept");
        assertThat(collected.subjects()).containsExactly(new Subject("sh", "/bin/sh", "dash 1"));
        assertThat(shell.cuts.get()).isPositive();
    }

    @Test
    void followGoesOnWhereAnEarlierOneWasBrokenOff() throws Exception {
        Suite suite = suite("echo one >>$MUSTER_JOURNAL; while [ ! -e " + folder
                + "/go ]; do sleep 0.05; done; echo two >>$MUSTER_JOURNAL");
        runner().start(7, suite, variant());
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                runner().follow(7, journal, log, begin, LIMITS);
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Awaitility.await().untilAsserted(() -> assertThat(journal).hasContent("one\n"));
        first.interrupt();
        first.join();
        assertThat(journal).hasContent("one\n");
        Files.createFile(folder.resolve("go"));
        assertThat(runner().follow(7, journal, log, begin, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        assertThat(journal).hasContent("one\ntwo\n");
    }

    @Test
    void outputIsHereWhileTheSuiteRuns() throws Exception {
        Suite suite = suite("echo first >>$MUSTER_JOURNAL; while [ ! -e " + folder + "/go ]; do sleep 0.05; done");
        runner().start(7, suite, variant());
        CompletableFuture<SuiteEnding> ending = CompletableFuture.supplyAsync(() -> {
            try {
                return runner().follow(7, journal, log, begin, LIMITS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().untilAsserted(() -> assertThat(journal).hasContent("first\n"));
        assertThat(ending).isNotDone();
        Files.createFile(folder.resolve("go"));
        assertThat(ending.get()).isInstanceOf(SuiteEnding.Exited.class);
    }

    @Test
    void suiteOverItsLimitIsStoppedWithAllThatItStarted() throws Exception {
        Suite suite = suite(
                "echo PASS: a >>$MUSTER_JOURNAL; (setsid sh -c 'sleep 60' &) ; while :; do echo x; sleep 0.2; done");
        Duration limit = Duration.ofSeconds(1);
        SuiteEnding ending = run(runner(), suite, new SuiteRunner.Limits(limit, Duration.ofSeconds(30)));
        assertThat(ending).isEqualTo(new SuiteEnding.TimedOut(limit, List.of()));
        assertThat(journal).hasContent("PASS: a\n");
        assertThat(runner().follow(7, journal, log, begin, new SuiteRunner.Limits(limit, limit)))
                .isEqualTo(ending);
    }

    @Test
    void suiteThatEndedBeforeItsLimitExitedEvenWhenThatIsSeenLater() throws Exception {
        runner().start(7, suite("exit 4"), variant());
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(guest.resolve("attempts/attempt-7/status")).exists());
        Instant longAgo = begin.minus(Duration.ofHours(1));
        assertThat(runner().follow(7, journal, log, longAgo, LIMITS)).isEqualTo(new SuiteEnding.Exited(4, List.of()));
    }

    @Test
    void silentSuiteIsStopped() throws Exception {
        Duration silence = Duration.ofSeconds(1);
        SuiteEnding ending = run(
                runner(),
                suite("echo PASS: a >>$MUSTER_JOURNAL; sleep 60"),
                new SuiteRunner.Limits(Duration.ofSeconds(60), silence));
        assertThat(ending).isEqualTo(new SuiteEnding.Silent(silence, List.of()));
        assertThat(journal).hasContent("PASS: a\n");
    }

    @Test
    void logAloneKeepsASuiteFromBeingSilent() throws Exception {
        SuiteEnding ending = run(
                runner(),
                suite("for i in 1 2 3 4 5 6; do sleep 0.4; echo $i; done"),
                new SuiteRunner.Limits(Duration.ofSeconds(60), Duration.ofSeconds(1)));
        assertThat(ending).isEqualTo(new SuiteEnding.Exited(0, List.of()));
    }

    @Test
    void journalPastItsCeilingIsCutAndSaidSo() throws Exception {
        SuiteRunner runner = new SuiteRunner(
                new LocalShell(List.of("sh")), CLOCK, settings(new RunnerSettings.Ceilings(1000, 1000, 10, 1000)));
        SuiteEnding ending = run(runner, suite("head -c 5000 /dev/zero >>$MUSTER_JOURNAL; echo end"), LIMITS);
        assertThat(ending).isInstanceOf(SuiteEnding.Exited.class);
        assertThat(ending.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.file()).isEqualTo("journal");
            assertThat(cut.at()).isEqualTo(1000);
            assertThat(cut.why()).contains("5000 bytes");
        });
        assertThat(journal).hasSize(1000);
        assertThat(log).hasContent("end\n");
    }

    @Test
    void aSuiteWhoseJournalAndLogAreCutEndsWithItsScript() throws Exception {
        SuiteRunner runner = new SuiteRunner(
                new LocalShell(List.of("sh")), CLOCK, settings(new RunnerSettings.Ceilings(1000, 1000, 10, 1000)));
        SuiteEnding ending = run(
                runner,
                suite("head -c 5000 /dev/zero >>$MUSTER_JOURNAL; head -c 5000 /dev/zero; sleep 1"),
                new SuiteRunner.Limits(Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(ending).isInstanceOf(SuiteEnding.Exited.class);
        assertThat(ending.cuts()).extracting(SuiteEnding.Cut::file).containsExactly("journal", "log");
    }

    @Test
    void suiteThatGrowsPastItsCeilingIsNotSilent() throws Exception {
        SuiteRunner runner = new SuiteRunner(
                new LocalShell(List.of("sh")), CLOCK, settings(new RunnerSettings.Ceilings(10, 10, 10, 10)));
        SuiteEnding ending = run(
                runner,
                suite("for i in 1 2 3 4 5 6 7 8; do echo 0123456789 >>$MUSTER_JOURNAL; sleep 0.4; done"),
                new SuiteRunner.Limits(Duration.ofSeconds(60), Duration.ofSeconds(1)));
        assertThat(ending).isInstanceOf(SuiteEnding.Exited.class);
    }

    @Test
    void rebootThatLostWhatWasWrittenLastIsSeen() throws Exception {
        runner().start(7, suite("echo PASS: a >>$MUSTER_JOURNAL; sleep 60"), variant());
        Path attempt = guest.resolve("attempts/attempt-7");
        ProcessHandle.of(Long.parseLong(Files.readString(attempt.resolve("pid")).strip()))
                .orElseThrow()
                .destroyForcibly();
        new LocalShell(List.of("sh")).run("sh " + attempt + "/attempt.sh stop test", Duration.ofSeconds(10));
        for (String file : List.of("pid", "boot", "stopped")) {
            Files.writeString(attempt.resolve(file), "");
        }
        assertThat(runner().follow(7, journal, log, begin, LIMITS)).isEqualTo(new SuiteEnding.Rebooted(List.of()));
    }

    @Test
    void rebootIsNotTakenForAnEnd() throws Exception {
        runner().start(7, suite("echo PASS: a >>$MUSTER_JOURNAL; sleep 60"), variant());
        Path attempt = guest.resolve("attempts/attempt-7");
        Awaitility.await()
                .untilAsserted(() -> assertThat(attempt.resolve("journal")).hasContent("PASS: a\n"));
        String pid = Files.readString(attempt.resolve("pid")).strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        Files.writeString(attempt.resolve("boot"), "another boot\n");
        assertThat(runner().follow(7, journal, log, begin, LIMITS)).isEqualTo(new SuiteEnding.Rebooted(List.of()));
        assertThat(journal).hasContent("PASS: a\n");
        new LocalShell(List.of("sh")).run("sh " + attempt + "/attempt.sh stop test", Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 3", "sleep 60"})
    void howASuiteEndedIsKnownAlsoWhenItHasFilledItsDisk(String end) throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=60", "tests", guest.toString()),
                "only root mounts a small disk");
        try {
            Path full = folder.resolve("full");
            runner().start(7, suite("""
                    echo PASS: a >>"$MUSTER_JOURNAL"
                    true >fill
                    i=0
                    while true >"file$i"; do i=$((i + 1)); done 2>/dev/null
                    cat /dev/zero >fill 2>/dev/null
                    echo >'%s'
                    sleep 1
                    %s
                    """.formatted(full, end)), variant());
            Awaitility.await().atMost(LIMITS.suite()).until(() -> Files.exists(full));
            boolean ends = end.equals("exit 3");
            Duration silence = ends ? Duration.ofMinutes(10) : Duration.ofSeconds(3);
            SuiteRunner.Limits limits = new SuiteRunner.Limits(Duration.ofMinutes(10), silence);
            assertThat(assertTimeoutPreemptively(LIMITS.suite(), () -> runner().follow(7, journal, log, begin, limits)))
                    .isEqualTo(
                            ends ? new SuiteEnding.Exited(3, List.of()) : new SuiteEnding.Silent(silence, List.of()));
            assertThat(journal).hasContent("PASS: a\n");
        } finally {
            assertThat(succeeds("umount", "-l", guest.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void killedRunnerHasNoExitStatus() throws Exception {
        runner().start(7, suite("echo PASS: a >>$MUSTER_JOURNAL; sleep 60"), variant());
        Path attempt = guest.resolve("attempts/attempt-7");
        Awaitility.await()
                .untilAsserted(() -> assertThat(attempt.resolve("journal")).hasContent("PASS: a\n"));
        String pid = Files.readString(attempt.resolve("pid")).strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        assertThat(runner().follow(
                                7, journal, log, begin, new SuiteRunner.Limits(LIMITS.suite(), Duration.ofSeconds(1))))
                .isEqualTo(new SuiteEnding.Killed(List.of()));
        assertThat(journal).hasContent("PASS: a\n");
    }

    @Test
    void guestOutOfReachForTooLongIsPassedOn() throws Exception {
        RunnerSettings settings = new RunnerSettings(
                guest + "/suites",
                guest + "/attempts",
                Duration.ofMillis(200),
                Duration.ofMillis(5),
                RunnerSettings.Ceilings.DEFAULT);
        SuiteRunner runner = new SuiteRunner(new CuttingShell(new LocalShell(List.of("sh")), 1, 1), CLOCK, settings);
        Suite suite = suite("exit 0");
        assertThatThrownBy(() -> runner.start(7, suite, variant())).isInstanceOf(GuestShell.ConnectionCut.class);
        assertThatThrownBy(() -> runner.follow(7, journal, log, begin, LIMITS))
                .isInstanceOf(GuestShell.ConnectionCut.class);
    }

    @Test
    void userWhoIsNotThereIsNamed() throws Exception {
        Suite all = suite("exit 0");
        Suite suite = new Suite(
                all.name(),
                all.description(),
                all.folder(),
                all.format(),
                "nobody-is-called-so",
                1,
                null,
                List.of(),
                List.of(),
                all.commands(),
                all.environment(),
                all.variants(),
                null,
                all.digest());
        assertThatThrownBy(() -> runner().start(7, suite, variant()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("the guest has no user nobody-is-called-so");
    }

    @Test
    void artefactsAreTakenByPlainNamesAndUnderCeilings() throws Exception {
        SuiteRunner runner = new SuiteRunner(
                new LocalShell(List.of("sh")), CLOCK, settings(new RunnerSettings.Ceilings(1000, 1000, 4, 12)));
        run(
                runner,
                suite(
                        "cd $MUSTER_ARTEFACTS; mkdir d; echo one >d/a; ln -s /etc/passwd b; echo longer >\"c'c\"; echo longer >e;"
                                + " printf x >\"$(printf 'bad\\001name')\"; printf 'wrong line\\n' >$MUSTER_SUBJECTS"),
                LIMITS);
        Collected collected = runner.collect(7, folder.resolve("artefacts"));
        assertThat(collected.artefacts()).containsExactly(Path.of("c'c"), Path.of("d/a"), Path.of("e"));
        assertThat(folder.resolve("artefacts/d/a")).hasContent("one\n");
        assertThat(folder.resolve("artefacts/e")).hasContent("l");
        assertThat(folder.resolve("artefacts/b")).doesNotExist();
        assertThat(collected.notes()).anySatisfy(note -> assertThat(note).contains("e is cut after 1 bytes"));
        assertThat(collected.notes()).anySatisfy(note -> assertThat(note).contains("not plain"));
        assertThat(collected.notes()).anySatisfy(note -> assertThat(note).contains("saw: wrong line"));
    }

    @Test
    void busyboxAloneIsEnoughForTheGuestsSide() throws Exception {
        Path busybox = Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "busybox"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(busybox != null, "no busybox on this host");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        new LocalShell(List.of("sh"))
                .run(
                        "for a in $(" + busybox + " --list); do ln -s " + busybox + " " + bin + "/$a; done",
                        Duration.ofSeconds(10));
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
        LocalShell shell = new LocalShell(List.of("env", "PATH=" + bin, "sh"));
        Suite suite = suite(
                "i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo \"PASS: $i\" >>$MUSTER_JOURNAL; done; sleep 2; echo END: 50 >>$MUSTER_JOURNAL; printf a >$MUSTER_ARTEFACTS/a");
        SuiteRunner runner = runner(new CuttingShell(shell, 5, 0.1));
        assertThat(run(runner, suite, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
        assertThat(journal).hasSameBinaryContentAs(guest.resolve("attempts/attempt-7/journal"));
        assertThat(runner.collect(7, folder.resolve("artefacts")).artefacts()).containsExactly(Path.of("a"));
    }
}
