package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import muster.orchestrator.home.Home;
import muster.orchestrator.upkeep.Restore;
import muster.reports.Outcome;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.Test;

/** A farm whose results are in a PostgreSQL, made again from a dump of that and a backup that was made some time after it. */
class RestoredPostgresIT extends SimulatedService {

    private static final String USER = "postgres";

    @Test
    void whatEndedAndWasQueuedBetweenDumpAndBackupIsNeitherLostNorToldTwice() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            simulated.close();
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/";
            settings("farm", url + "postgres", "exit 1");
            open("farm", EVENING);
            serve("skip");
            trigger();
            long first = underWay();
            untilEnded(first);
            trigger();
            long second = underWay();
            dump(url);
            untilEnded(second);
            trigger();
            long third = underWay();
            Path backup = folder.resolve("backup.tar.zst");
            farm.upkeep().backUp(backup);
            simulated.close();

            Restore.into(Home.open(folder.resolve("other")), backup);
            Path told = folder.resolve("told");
            settings("other", url + "copy", "cat >> '" + told + "'");
            open("other", simulated.time().instant());
            said.clear();
            service = Service.start(farm, simulated.time(), said::add);
            said("taking up run " + second + ": 3 cells to go");
            untilEnded(second);
            assertThat(runs()).extracting(RunLine::number).containsExactlyInAnyOrder(first, second);
            trigger();
            assertThat(underWay()).isEqualTo(third);
            untilEnded(third);
            assertThat(runs()).allSatisfy(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
            await().atMost(LONG).until(() -> Files.exists(told) && Files.size(told) > 0);
            assertThat(Files.readString(told)).containsOnlyOnce("nightly: run " + first + ":");
            for (long run : List.of(first, second, third)) {
                assertThat(List.of("waiting", "told"))
                        .filteredOn(state -> Files.exists(
                                home.notices().resolve("team").resolve(state).resolve(run + "-night-finished.json")))
                        .as("run " + run)
                        .hasSize(1);
            }
        }
    }

    private void settings(String name, String url, String script) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "postgres\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(Home.open(folder.resolve(name)).folder().resolve("farm.yaml"), """
                store: { url: "%s", user: %s, password-file: %s }
                notify: { channels: { team: { command: [sh, -c, "%s"] } } }
                """.formatted(
                        url, USER, password, script));
    }

    /** What pg_dump does: another database has all that is in the farm's in this moment. */
    private void dump(String url) throws Exception {
        try (Connection from = connect(url + "postgres")) {
            try (Statement create = from.createStatement()) {
                create.execute("CREATE DATABASE copy");
            }
            JdbiResultStore.open(
                            new DatabaseAddress(url + "copy", USER, "postgres"),
                            folder.resolve("migrated"),
                            Clock.systemUTC())
                    .close();
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            from.setAutoCommit(false);
            try (Connection into = connect(url + "copy");
                    Statement copying = into.createStatement()) {
                copying.execute("SET session_replication_role = replica");
                List<String> tables =
                        texts(from, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
                copying.execute("TRUNCATE " + String.join(", ", tables));
                for (String table : tables) {
                    copy(from, into, table);
                }
                for (String sequence : texts(
                        from, "SELECT sequencename || ''', ' || last_value FROM pg_sequences WHERE last_value > 0")) {
                    copying.execute("SELECT setval('" + sequence + ")");
                }
            }
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, "postgres");
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void copy(Connection from, Connection into, String table) throws SQLException {
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            String marks = String.join(", ", Collections.nCopies(columns, "?"));
            try (PreparedStatement insert =
                    into.prepareStatement("INSERT INTO " + table + " OVERRIDING SYSTEM VALUE VALUES (" + marks + ")")) {
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        insert.setObject(column, rows.getObject(column));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }
}
