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
            try (JdbiResultStore store =
                    JdbiResultStore.open("there", Samples.at(url), folder, CLOCK, List.of(firstVersion()))) {
                // The program of today writes it, which cannot do without this column.
                org.jdbi.v3.core.Jdbi.create(url)
                        .useHandle(handle -> handle.execute("ALTER TABLE block ADD COLUMN base BIGINT"));
                night(store, pass("a"));
                night(store, Samples.fail("a"));
            }
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
                night(store, pass("a"), pass("b"));
            }
        }
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
                                + "which knows up to version 10; use the newer Muster that wrote it, or a backup made before");
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
                        "cannot open the store in " + folder + ": its schema cannot be brought to version 10: ")
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
