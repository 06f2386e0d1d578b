package muster.reports.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The three ways to speak to the database, each a transaction. Interning has connections of its own, so that a transaction
 * under way can always intern what it needs: its rows stay even where the asking transaction is rolled back, which harms
 * nothing, and no two transactions ever wait for each other's names.
 */
final class Connections implements AutoCloseable {

    private final Database database;
    private final HikariDataSource pool;
    private final HikariDataSource internPool;
    private final Jdbi jdbi;
    private final Jdbi intern;

    Connections(Database database, String url) {
        this.database = database;
        pool = pool(url, "store", 8);
        internPool = pool(url, "store-intern", 2);
        jdbi = jdbi(pool);
        intern = jdbi(internPool);
    }

    /** Changes something; committed when it returns, rolled back when it throws. */
    <T> T write(Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    void change(Consumer<Handle> work) {
        jdbi.useTransaction(work::accept);
    }

    /** Asks any number of questions of one moment. */
    <T> T look(Function<Handle, T> work) {
        return jdbi.inTransaction(database.snapshot(), work::apply);
    }

    /** Adds what is interned, in a short transaction of its own. */
    <T> T intern(Function<Handle, T> work) {
        return intern.inTransaction(work::apply);
    }

    HikariDataSource dataSource() {
        return pool;
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        internPool.close();
        pool.close();
    }

    private static HikariDataSource pool(String url, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(HikariDataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.registerArrayType(Integer.class, "integer");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(String.class, "varchar");
        jdbi.registerArrayType(UUID.class, "uuid");
        return jdbi;
    }
}
