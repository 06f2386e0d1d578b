package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.night;
import static muster.reports.store.Samples.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T02:57:06Z"), ZoneOffset.UTC);
    private static final List<String> NEWER = List.of(Schema.MIGRATIONS, "classpath:muster/reports/newer");

    @TempDir
    Path folder;

    @Test
    void anOlderSchemaIsMigratedAfterABackup() throws IOException {
        try (JdbiResultStore store = JdbiResultStore.open(folder, CLOCK)) {
            night(store, pass("a"));
        }
        try (JdbiResultStore store = newerProgram("in " + folder, Database.h2Url(folder))) {
            assertThat(store.history().cells(1)).hasSize(1);
            night(store, pass("a"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("before-version-99-20261121T025706Z.zip");
        }
        Path restored = Files.createDirectory(folder.resolve("restored"));
        try (ZipFile backup = new ZipFile(
                folder.resolve("before-version-99-20261121T025706Z.zip").toFile())) {
            Files.copy(backup.getInputStream(backup.getEntry("results.mv.db")), restored.resolve("results.mv.db"));
        }
        try (JdbiResultStore store = JdbiResultStore.open(restored, CLOCK)) {
            assertThat(store.history()
                            .caseHistory("commands", "a", 9)
                            .orElseThrow()
                            .runs())
                    .containsExactly(1L);
        }
    }

    @Test
    void onPostgresAllIsCopiedIntoASchemaBesideThatCanTakeItsPlace() throws IOException {
        String url = PostgresServer.newDatabase();
        try (JdbiResultStore store = JdbiResultStore.open(Samples.at(url), folder, CLOCK)) {
            night(store, pass("a"), pass("tab\tand\\more"));
        }
        newerProgram("there", url).close();
        org.jdbi.v3.core.Jdbi.create(url).useHandle(handle -> {
            handle.execute("ALTER SCHEMA public RENAME TO newer");
            handle.execute("ALTER SCHEMA before_version_99_20261121t025706z RENAME TO public");
        });
        try (JdbiResultStore store = JdbiResultStore.open(Samples.at(url), folder, CLOCK)) {
            night(store, pass("a"));
            assertThat(store.history()
                            .caseHistory("commands", "a", 9)
                            .orElseThrow()
                            .runs())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void aStoreOfTheFirstVersionKeepsItsDataAndItsHistory() throws IOException {
        for (String url : List.of(Database.h2Url(folder), PostgresServer.newDatabase())) {
            JdbiResultStore.open("there", Samples.at(url), folder, CLOCK, List.of(firstVersion()))
                    .close();
            org.jdbi.v3.core.Jdbi.create(url).useHandle(SchemaTest::twoNightsAsTheFirstVersionWroteThem);
            try (JdbiResultStore store =
                    JdbiResultStore.open("there", Samples.at(url), folder, CLOCK, List.of(Schema.MIGRATIONS))) {
                assertThat(store.history().troubled(9))
                        .extracting(muster.reports.view.CaseName::name)
                        .containsExactly("a");
                assertThat(store.history()
                                .caseHistory("commands", "a", 9)
                                .orElseThrow()
                                .lanes()
                                .get(CELL))
                        .containsExactly(muster.testsuites.Verdict.PASS, muster.testsuites.Verdict.FAIL);
                assertThat(store.history().durations(CELL, 9))
                        .containsExactly(java.time.Duration.ofSeconds(7), java.time.Duration.ofSeconds(7));
                muster.reports.view.CellView cell =
                        store.history().cell(2, CELL).orElseThrow();
                assertThat(cell.steps())
                        .containsEntry(muster.reports.Step.CLONING, Instant.ofEpochMilli(2000))
                        .containsEntry(muster.reports.Step.DONE, Instant.ofEpochMilli(9000));
                assertThat(cell.guests())
                        .containsExactly(new muster.reports.GuestRecord(
                                "main", "uml", "host", "image", Instant.ofEpochMilli(3000)));
                assertThat(cell.line().outcome()).isEqualTo(muster.reports.Outcome.FAILED);
                assertThat(cell.line().endedAt()).isEqualTo(Instant.ofEpochMilli(9000));
                assertThat(cell.line().counts().byVerdict())
                        .isEqualTo(java.util.Map.of(
                                muster.testsuites.Verdict.FAIL,
                                1,
                                muster.testsuites.Verdict.XFAIL,
                                12,
                                muster.testsuites.Verdict.UNRESOLVED,
                                3));
                assertThat(cell.attempts())
                        .extracting(
                                muster.reports.view.CellView.AttemptLine::state,
                                muster.reports.view.CellView.AttemptLine::endedAt)
                        .containsExactly(
                                org.assertj.core.api.Assertions.tuple("fenced", Instant.ofEpochMilli(1500)),
                                org.assertj.core.api.Assertions.tuple("failed", Instant.ofEpochMilli(9000)));
                night(store, pass("a"), pass("b"));
            }
        }
    }

    /** Case a passed in run 1 and failed in run 2. */
    private static void twoNightsAsTheFirstVersionWroteThem(org.jdbi.v3.core.Handle handle) {
        handle.execute("INSERT INTO suite (id, name, cases) VALUES (1, 'commands', 1)");
        handle.execute("INSERT INTO case_name (suite, number, name) VALUES (1, 1, 'a')");
        handle.execute(
                "INSERT INTO case_set (id, suite, digest, cases) VALUES (1, 1, ?, 1)", java.util.UUID.randomUUID());
        handle.execute(
                "INSERT INTO case_set_part (case_set, part, bytes) VALUES (1, 0, ?)",
                BlockCodec.encodeCases(new int[] {1}, 1).getFirst());
        handle.execute(
                "INSERT INTO lane (id, distribution, suite, variant, driver) VALUES (1, ?, 1, ?, ?)",
                CELL.distribution(),
                CELL.variant(),
                CELL.driver());
        handle.execute("UPDATE numbering SET newest = 2 WHERE name = 'run'");
        handle.execute("UPDATE numbering SET newest = 1 WHERE name IN ('suite', 'lane', 'case_set')");
        for (int night = 1; night <= 2; night++) {
            muster.testsuites.Verdict verdict =
                    night == 1 ? muster.testsuites.Verdict.PASS : muster.testsuites.Verdict.FAIL;
            handle.execute(
                    "INSERT INTO run (number, matrix, matrix_digest, queued_at, ended_at) VALUES (?, 'm', 'd', 0, 9000)",
                    night);
            handle.execute(
                    "INSERT INTO cell (run, lane, in_lane, token, shown, history) VALUES (?, 1, TRUE, 1, ?, ?)",
                    night,
                    night,
                    night);
            handle.execute(
                    "INSERT INTO attempt (cell, token, kind, step, started_at, ended_at, outcome, why, exit_status, "
                            + "complete, planned, counts, baseline, broken, mended, case_set) "
                            + "VALUES (?, 2, 'main', 'done', 1000, 9000, ?, '', 0, TRUE, 1, ?, ?, ?, 0, 1)",
                    night,
                    night == 1 ? "passed" : "failed",
                    night == 1 ? "PASS:1" : "FAIL:1 UNRESOLVED:3 XFAIL:12",
                    night == 1 ? null : 1L,
                    night - 1);
            handle.execute(
                    "INSERT INTO guest (attempt, role, driver, host, image, started_at) "
                            + "VALUES (?, 'main', 'uml', 'host', 'image', 3000)",
                    night);
            handle.execute("INSERT INTO attempt_step (attempt, step, began_at) VALUES (?, 'cloning', 2000)", night);
            handle.execute("INSERT INTO attempt_step (attempt, step, began_at) VALUES (?, 'done', 9000)", night);
            PartColumns columns = new PartColumns();
            columns.add(new Nature(verdict, verdict.name(), null), null, 1, 0);
            handle.execute(
                    "INSERT INTO block (attempt, part, bytes) VALUES (?, 0, ?)", night, BlockCodec.encode(columns));
            handle.execute(
                    "INSERT INTO change_point (lane, case_number, run, verdict) VALUES (1, 1, ?, ?)", night, (int)
                            VerdictCodes.of(verdict));
        }
        handle.execute("INSERT INTO attempt (cell, token, kind, step, started_at, ended_at, outcome, why, exit_status, "
                + "complete, planned, counts, baseline, broken, mended, case_set) "
                + "VALUES (2, 1, 'retry', 'booting', 1000, 1500, 'fenced', '', NULL, FALSE, -1, '', NULL, 0, 0, NULL)");
    }

    @Test
    void openingAgainMakesNoBackup() throws IOException {
        JdbiResultStore.open(folder, CLOCK).close();
        JdbiResultStore.open(folder, CLOCK).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".zip"));
        }
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAsItIs() throws IOException {
        try (JdbiResultStore store = newerProgram("in " + folder, Database.h2Url(folder))) {
            night(store, pass("a"));
        }
        assertThatThrownBy(() -> JdbiResultStore.open(folder, CLOCK))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessage(
                        "cannot open the store in " + folder + ": its schema is version 99, newer than this program, "
                                + "which knows up to version 14; use the newer Muster that wrote it, or a backup made before");
        try (JdbiResultStore store = newerProgram("in " + folder, Database.h2Url(folder))) {
            assertThat(store.history().cell(1, CELL)).isPresent();
        }
    }

    @Test
    void aNewerSchemaIsRefusedOnPostgres() throws IOException {
        String url = PostgresServer.newDatabase();
        newerProgram("there", url).close();
        assertThatThrownBy(() -> JdbiResultStore.open(Samples.at(url), folder, CLOCK))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageContaining("its schema is version 99, newer than this program")
                .message()
                .doesNotContain("user=");
    }

    @Test
    void aSchemaOfAnotherHistoryIsRefused() throws IOException {
        JdbiResultStore.open(
                        "there",
                        Samples.at(Database.h2Url(folder)),
                        folder,
                        CLOCK,
                        List.of("classpath:muster/reports/other"))
                .close();
        assertThatThrownBy(() -> JdbiResultStore.open(folder, CLOCK))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageStartingWith(
                        "cannot open the store in " + folder + ": its schema cannot be brought to version 14: ")
                .hasMessageEndingWith("; restore a backup, or open an empty folder");
    }

    @Test
    void anUnknownKindOfDatabaseIsRefused() {
        assertThatThrownBy(
                        () -> JdbiResultStore.open(Samples.at("jdbc:mysql://host/db?password=secret"), folder, CLOCK))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessage("cannot open the store at jdbc:mysql://host/db: expected an address that begins with "
                        + "jdbc:postgresql: or jdbc:h2:");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(folder.resolve("results.mv.db"), "no database".repeat(1000));
        assertThatThrownBy(() -> JdbiResultStore.open(folder, CLOCK))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageStartingWith("cannot open the store in " + folder + ": ");
    }

    private String firstVersion() throws IOException {
        Path alone = Files.createDirectories(folder.resolve("first"));
        Path first = alone.resolve("V1__runs_lanes_attempts.sql");
        if (!Files.exists(first)) {
            try (var in = Schema.class.getResourceAsStream(first.getFileName().toString())) {
                Files.copy(in, first);
            }
        }
        return "filesystem:" + alone;
    }

    private JdbiResultStore newerProgram(String where, String url) throws IOException {
        return JdbiResultStore.open(where, Samples.at(url), folder, CLOCK, NEWER);
    }
}
