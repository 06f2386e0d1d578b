package muster.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to this program's schema, or refuses it. */
final class Schema {

    static final String MIGRATIONS = "classpath:muster/reports/store";

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Connections connections;
    private final Path folder;
    private final Clock clock;

    /** Backups go to {@code folder}. */
    Schema(Connections connections, Path folder, Clock clock) {
        this.connections = connections;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Migrates, after a backup where there is something to lose.
     *
     * @param where names the store in messages
     * @param locations where the migrations lie
     * @throws CannotOpenStore when the schema is newer than this program; nothing was changed then
     */
    void migrate(String where, List<String> locations) throws IOException {
        Flyway flyway = Flyway.configure()
                .dataSource(connections.dataSource())
                .locations(locations.toArray(String[]::new))
                .failOnMissingLocations(true)
                .loggers("slf4j")
                .load();
        MigrationInfoService info = flyway.info();
        refuseNewer(where, info);
        MigrationInfo current = info.current();
        if (current != null && info.pending().length > 0) {
            backup("before-version-" + target(info) + "-" + STAMP.format(clock.instant()));
        }
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new CannotOpenStore(
                    "cannot open the store " + where + ": its schema cannot be brought to version " + target(info)
                            + ": " + e.getMessage() + "; restore a backup, or open an empty folder",
                    e);
        }
    }

    private static void refuseNewer(String where, MigrationInfoService info) {
        List<String> unknown = Arrays.stream(info.applied())
                .filter(migration -> !migration.getState().isResolved())
                .map(migration -> String.valueOf(migration.getVersion()))
                .toList();
        if (!unknown.isEmpty()) {
            throw new CannotOpenStore("cannot open the store " + where + ": its schema is version " + unknown.getLast()
                    + ", newer than this program, which knows " + "up to version " + target(info)
                    + "; use the newer Muster that wrote it, or a backup made before");
        }
    }

    private static String target(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .filter(migration -> migration.getState().isResolved())
                .map(migration -> String.valueOf(migration.getVersion()))
                .reduce("0", (older, newer) -> newer);
    }

    private void backup(String name) throws IOException {
        Files.createDirectories(folder);
        String copy = Jdbi.create(connections.dataSource())
                .inTransaction(
                        connections.database().snapshot(),
                        handle -> connections.database().backup(handle, folder, name));
        LOG.info("the store's schema is older than this program: copied all to {} before it is migrated", copy);
    }
}
