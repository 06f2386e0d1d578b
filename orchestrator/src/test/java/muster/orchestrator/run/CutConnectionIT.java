package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import muster.images.BaseImage;
import muster.images.Mirrors;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.guest.lxc.LxcOptions;
import muster.orchestrator.guest.qemu.QemuOptions;
import muster.orchestrator.guest.uml.UmlDriver;
import muster.orchestrator.guest.uml.UmlOptions;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.ssh.FarmKey;
import muster.testsuites.RunnerSettings;
import muster.testsuites.Suite;
import muster.testsuites.SuiteEnding;
import muster.testsuites.SuiteRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutConnectionIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void aConnectionCutThreeTimesCostsNothingOfTheJournal() throws Exception {
        Clock clock = Clock.systemUTC();
        BaseImage image = TestImages.debian12();
        Map<String, GuestDriver> drivers = GuestDrivers.all(new GuestDrivers.Place(
                TestImages.KEPT.runtimes(),
                Mirrors.of(Map.of()),
                clock,
                UmlOptions.DEFAULTS,
                QemuOptions.DEFAULTS,
                LxcOptions.DEFAULTS,
                new TemplateSpace(TestImages.KEPT.templates(), 2L << 30)));
        Boots boots =
                new Boots(drivers, FarmKey.open(TestImages.KEPT.keys()), new Admission(Long.MAX_VALUE, 8, 1), clock);
        Suite sleep = new Installation(TestImages.ROOT, folder, Set.of("toybox"), drivers.keySet())
                .suite("sleep")
                .orElseThrow();
        Path journal = folder.resolve("journal");
        Boots.Order order = new Boots.Order(
                "cut three times",
                UmlDriver.NAME,
                image,
                image.disk(),
                false,
                new Cell.Shape(256L << 20, 1),
                LIMIT,
                folder);
        Files.createDirectories(folder);
        try (Booted guest = boots.boot(order);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SuiteRunner runner = new SuiteRunner(guest.shell(), clock, RunnerSettings.DEFAULT);
            runner.start(1, sleep, sleep.variants().get("short"));
            CompletableFuture<SuiteEnding> ending =
                    CompletableFuture.supplyAsync(() -> follow(runner, journal, clock), threads);
            for (int parts = 1; parts <= 3; parts++) {
                long lines = parts;
                await().atMost(LIMIT)
                        .until(() -> Files.exists(journal)
                                && Files.readString(journal).lines().count() >= lines);
                guest.shell().cut();
            }
            assertThat(ending.get()).isInstanceOf(SuiteEnding.Exited.class);
            assertThat(Files.readString(journal)).isEqualTo("""
                    PASS: part 1 of 6
                    PASS: part 2 of 6
                    PASS: part 3 of 6
                    PASS: part 4 of 6
                    PASS: part 5 of 6
                    PASS: part 6 of 6
                    END: 6
                    """);
        }
    }

    private SuiteEnding follow(SuiteRunner runner, Path journal, Clock clock) {
        try {
            return runner.follow(
                    1, journal, folder.resolve("log"), clock.instant(), new SuiteRunner.Limits(LIMIT, LIMIT));
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
