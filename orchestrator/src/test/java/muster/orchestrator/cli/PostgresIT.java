package muster.orchestrator.cli;

import static muster.orchestrator.cli.StoredNights.fail;
import static muster.orchestrator.cli.StoredNights.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import muster.orchestrator.cli.StoredNights.Came;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.engine.HomeStore;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.home.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that {@code farm.yaml} names, used by the program as processes of its own. */
class PostgresIT {

    private static final String CELL = "debian-12:commands:default@uml";

    @TempDir
    Path folder;

    @Test
    void resultsAreKeptInThePostgresThatFarmYamlNamesAndPrunedBesideIt() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            Home home = Home.open(folder.resolve("home"));
            Path password = Files.writeString(folder.resolve("password"), "postgres\n");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(
                    home.folder().resolve("farm.yaml"),
                    "store: { url: \"jdbc:postgresql://localhost:" + server.getPort()
                            + "/postgres\", user: postgres, password-file: " + password + " }\nkeep: { runs: 1 }\n");
            assertThat(said(home, 2, "history", "a")).contains("nothing has run in " + home.folder());
            try (StoredNights nights =
                    new StoredNights(home.folder(), HomeStore.open(home, config(home), Clock.systemUTC()))) {
                for (int night = 0; night < 4; night++) {
                    nights.night(
                            Instant.parse("2020-01-01T01:30:00Z").plus(Duration.ofDays(night)),
                            new Came(CELL, Map.of(), Map.of(), List.of(night < 2 ? pass("a") : fail("a", "no"))));
                }
            }
            assertThat(home.store().resolve("results.mv.db")).doesNotExist();
            assertThat(said(home, 0, "report", "pin", "1")).isEqualTo("run 1\n");
            assertThat(said(home, 0, "report", "prune", "--json")).startsWith("{\"removed\":true,\"files\":1,");
            assertThat(said(home, 0, "history", "a")).contains("PASS 1-2, FAIL 3-4");
            assertThat(said(home, 0, "journal", CELL)).startsWith("the journal of " + CELL + " in run 4\n");
        }
    }

    private static FarmConfig config(Home home) throws Exception {
        System.setProperty(Installation.PROPERTY, TestImages.ROOT.toString());
        return Installations.of(home).farm();
    }

    private static String said(Home home, int status, String... arguments) throws Exception {
        try (MusterProcess muster = MusterProcess.startIn(home.folder(), arguments)) {
            assertThat(muster.await(Duration.ofMinutes(3))).as(muster.output()).isEqualTo(status);
            return muster.output();
        }
    }
}
