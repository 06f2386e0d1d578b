package muster.orchestrator.cli;

import static muster.orchestrator.cli.StoredNights.fail;
import static muster.orchestrator.cli.StoredNights.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import muster.orchestrator.cli.StoredNights.Came;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HeldFarm;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.CommandAnswer;
import muster.orchestrator.web.CommandRequest;
import muster.orchestrator.web.HomeClient;
import muster.reports.AuditEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that need the store say the same whether or not somebody works in the home. */
class HeldCommandsTest {

    private static final String CELL = "debian-12:commands:default@uml";

    @TempDir
    Path folder;

    @BeforeEach
    void twoNights() throws Exception {
        try (StoredNights nights = new StoredNights(folder)) {
            Instant at = Instant.parse("2026-11-01T01:30:00Z");
            nights.night(at, new Came(CELL, Map.of(), Map.of("libc6", "1"), List.of(pass("cat"), pass("ls"))));
            nights.night(
                    at.plusSeconds(86_400),
                    new Came(CELL, Map.of(), Map.of("libc6", "2"), List.of(fail("cat", "no"), pass("ls"))));
        }
    }

    private HeldFarm held() throws Exception {
        System.setProperty(Installation.PROPERTY, TestImages.ROOT.toString());
        Home home = Home.open(folder);
        Installation installation = Installations.of(home);
        HeldFarm farm = HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC());
        HeldCommands.answer(farm, home);
        return farm;
    }

    @Test
    void questionsAreAnsweredTheSameEitherWay() throws Exception {
        List<String[]> questions = List.of(
                new String[] {"diff", "1", "2"},
                new String[] {"diff", "1", "2", "--json"},
                new String[] {"diff", "7"},
                new String[] {"why", "debian-12", "cat"},
                new String[] {"why", "debian-12", "ct"},
                new String[] {"history", "cat"},
                new String[] {"waivers"},
                new String[] {"resolve"},
                new String[] {"report", "pin"});
        List<Said> alone =
                questions.stream().map(asked -> Said.in(folder, asked)).toList();
        assertThat(alone.getFirst().out()).startsWith("1 broken");
        try (HeldFarm _ = held()) {
            List<Said> there =
                    questions.stream().map(asked -> Said.in(folder, asked)).toList();
            assertThat(there).isEqualTo(alone);
        }
    }

    @Test
    void aDeedIsDoneAndInTheAuditLog() throws Exception {
        try (HeldFarm farm = held()) {
            String[] waive = {
                "waive",
                "cat",
                "--suite",
                "commands",
                "--kind",
                "minor-fault",
                "--reason",
                "known",
                "--owner",
                "Ada",
                "--expires",
                Instant.now().plusSeconds(864_000).toString().substring(0, 10)
            };
            assertThat(Said.in(folder, waive).out()).startsWith("waiver 1: cat of commands");
            assertThat(Said.in(folder, "waivers").out()).contains("Ada");
            assertThat(farm.store().audit().newest(9, Long.MAX_VALUE))
                    .extracting(AuditEntry::what)
                    .containsExactly("waive");
            assertThat(Said.in(folder, "waivers", "withdraw", "2", "--by", "Ada", "--reason", "mended"))
                    .satisfies(said -> assertThat(said.err()).contains("cannot "))
                    .satisfies(said -> assertThat(said.status()).isEqualTo(2));
        }
    }

    @Test
    void aPathIsMeantByTheFolderInWhichTheCommandWasGiven() throws Exception {
        try (HeldFarm farm = held()) {
            CommandAnswer answer = new HomeClient(farm.door())
                    .command(new CommandRequest(
                            List.of("report", "export", "--csv", "run.csv", "--ctrf", "ctrf"), folder.toString(), 80));
            assertThat(answer.err()).isEmpty();
            assertThat(answer.isDeed()).isFalse();
            assertThat(folder.resolve("run.csv")).exists();
            assertThat(folder.resolve("ctrf/ctrf-debian-12~commands~default~uml.json"))
                    .content()
                    .contains("\"failed\":1");
        }
    }

    @Test
    void whatNeedsNoStoreIsNotRunForOthers() throws Exception {
        try (HeldFarm farm = held()) {
            CommandAnswer answer = new HomeClient(farm.door())
                    .command(new CommandRequest(List.of("shell", CELL), folder.toString(), 80));
            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.err()).contains("cannot run this for another process");
        }
    }
}
