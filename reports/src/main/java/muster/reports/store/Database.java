package muster.reports.store;

import java.nio.file.Path;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The engines that the store runs on, and all that differs between them: migrations and SQL are the same. */
enum Database {
    H2(TransactionIsolationLevel.SERIALIZABLE) {
        @Override
        String backup(Handle handle, Path folder, String name) {
            Path file = folder.resolve(name + ".zip");
            handle.execute("BACKUP TO ?", file.toString());
            return "the file " + file;
        }

        @Override
        void planAnew(Handle handle) {
            // it keeps no plans: QUERY_CACHE_SIZE=0
        }
    },

    POSTGRESQL(TransactionIsolationLevel.REPEATABLE_READ) {
        @Override
        String backup(Handle handle, Path folder, String name) {
            return "schema " + SchemaCopy.make(handle, name.replace('-', '_').toLowerCase(Locale.ROOT));
        }

        @Override
        void planAnew(Handle handle) {
            handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        }
    };

    private final TransactionIsolationLevel snapshot;

    Database(TransactionIsolationLevel snapshot) {
        this.snapshot = snapshot;
    }

    /** The level at which all statements of a transaction see the same moment. H2 has it under the name of the next one. */
    TransactionIsolationLevel snapshot() {
        return snapshot;
    }

    /**
     * Copies all there is, in one moment: H2 into a zip file in a folder, PostgreSQL into a schema beside its own. Returns
     * where it lies, for people.
     */
    abstract String backup(Handle handle, Path folder, String name);

    /**
     * From here to the end of a transaction, plans are made for the tables as they are. One that PostgreSQL had kept from when a
     * suite was new went through all names for each that it was asked for. What writes asks for single rows, and making
     * plans for these anew takes twice the time of all else.
     */
    abstract void planAnew(Handle handle);

    static Database of(String jdbcUrl) {
        if (jdbcUrl.startsWith("jdbc:h2:")) {
            return H2;
        }
        if (jdbcUrl.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new CannotOpenStore("cannot open the store at " + withoutQuery(jdbcUrl)
                + ": expected an address that begins with jdbc:postgresql: or jdbc:h2:");
    }

    /**
     * The address of the H2 file in a folder. {@code retry:} opens the file again when a thread that reads or writes is
     * interrupted, as the clock of schedules does with its own: without it that closes the file for all. It forgets the
     * interrupt; {@link UninterruptedStore} is for who must not. {@code WRITE_DELAY=0} writes each commit before it is
     * acknowledged: with the default a killed process loses what it acknowledged in its last half second. {@code
     * QUERY_CACHE_SIZE=0} makes a plan for the tables as they are, not as they were when the statement was first seen.
     * {@code MAX_COMPACT_TIME=0} leaves what many small commits left behind to {@link H2Space}, which takes less time and
     * leaves less.
     */
    static String h2Url(Path folder) {
        String path = folder.toAbsolutePath().normalize().resolve("results").toString();
        if (path.indexOf(';') >= 0) {
            throw new CannotOpenStore(
                    "cannot open the store in " + folder + ": its path holds ';'; choose another folder");
        }
        return "jdbc:h2:retry:" + path
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000;QUERY_CACHE_SIZE=0;MAX_COMPACT_TIME=0";
    }

    /** The file of {@link #h2Url}. */
    static Path h2File(Path folder) {
        return folder.resolve("results.mv.db");
    }

    /** A JDBC address without what may be a password. */
    static String withoutQuery(String jdbcUrl) {
        return jdbcUrl.replaceAll("[?;].*", "");
    }
}
