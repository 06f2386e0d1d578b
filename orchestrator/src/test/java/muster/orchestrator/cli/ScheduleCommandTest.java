package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run by itself, asked where no service is at work: alone, and where a run works in the home. */
class ScheduleCommandTest {

    @TempDir
    Path folder;

    @BeforeEach
    void twoMatrices() throws Exception {
        System.setProperty(Installation.PROPERTY, TestImages.ROOT.toString());
        write("early.yaml", "distributions: [debian-12]");
        write("late.yaml", "distributions: [debian-12]");
    }

    @Test
    void whatIsPausedWithoutAServiceIsShownSoAlsoWhileARunWorksInTheHome() throws Exception {
        assertThat(Said.in(folder, "schedule", "pause", "early").out()).contains("early is paused");
        String alone = Said.in(folder, "schedule", "list").out();
        assertThat(alone).containsPattern("early +paused").containsPattern("late +[A-Z][a-z]{2} 20");
        assertThat(alone).contains("no service works in " + folder);
        Installation installation = Installations.of(Home.open(folder));
        try (HeldFarm _ = HeldFarm.open(installation, installation.farm(), Home.open(folder), Clock.systemUTC())) {
            assertThat(Said.in(folder, "schedule", "list").out()).containsPattern("early +paused");
            assertThat(Said.in(folder, "schedule", "resume", "early").out())
                    .contains("early is run by itself again, next on ");
            assertThat(Said.in(folder, "schedule", "trigger", "early").err()).contains("cannot run early now");
        }
        assertThat(Said.in(folder, "schedule", "list").out()).doesNotContain("paused");
    }

    @Test
    void aBrokenFileDoesNotHideTheOthers() throws Exception {
        write("late.yaml", "distribution: [debian-12]");
        assertThat(Said.in(folder, "schedule", "list"))
                .satisfies(said -> assertThat(said.status()).isZero())
                .satisfies(said -> assertThat(said.out())
                        .containsPattern("early +[A-Z][a-z]{2} 20")
                        .contains("late is not run by itself: ", "unknown key 'distribution'"));
    }

    private void write(String name, String distributions) throws Exception {
        Path file = Files.createDirectories(folder.resolve("matrices")).resolve(name);
        Files.writeString(file, """
                        matrix: %s
                        %s
                        suites: { sleep: { variants: [short] } }
                        schedule: { cron: "0 30 1 * * ?", zone: UTC }
                        """.formatted(name.replace(".yaml", ""), distributions));
    }
}
