package muster.reports.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
    private final DatabaseAddress address;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private Pool pool;
    private Pool internPool;

    Connections(Database database, DatabaseAddress address) {
        this.database = database;
        this.address = address;
        pool = Pool.open(address, "store", 8);
        internPool = Pool.open(address, "store-intern", 2);
    }

    /** Changes something; committed when it returns, rolled back when it throws. */
    <T> T write(Function<Handle, T> work) {
        return whileOpen(() -> pool.jdbi().inTransaction(work::apply));
    }

    void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /** Asks any number of questions of one moment. */
    <T> T look(Function<Handle, T> work) {
        return whileOpen(() -> pool.jdbi().inTransaction(database.snapshot(), planned(work)::apply));
    }

    /** Adds what is interned, in a short transaction of its own. */
    <T> T intern(Function<Handle, T> work) {
        return whileOpen(() -> internPool.jdbi().inTransaction(planned(work)::apply));
    }

    private <T> Function<Handle, T> planned(Function<Handle, T> work) {
        return handle -> {
            database.planAnew(handle);
            return work.apply(handle);
        };
    }

    HikariDataSource dataSource() {
        return pool.source();
    }

    Database database() {
        return database;
    }

    /**
     * Lets go of the database and opens it again, between the transactions of all threads: whoever comes meanwhile waits.
     *
     * @param closed is done while it is closed; it is opened again even where that throws
     */
    void reopen(Runnable closed) {
        Lock alone = open.writeLock();
        alone.lock();
        try {
            close();
            try {
                closed.run();
            } finally {
                pool = Pool.open(address, "store", 8);
                internPool = Pool.open(address, "store-intern", 2);
            }
        } finally {
            alone.unlock();
        }
    }

    @Override
    public void close() {
        internPool.source().close();
        pool.source().close();
    }

    private <T> T whileOpen(Work<T> work) {
        Lock shared = open.readLock();
        shared.lock();
        try {
            return work.run();
        } finally {
            shared.unlock();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run();
    }

    private record Pool(HikariDataSource source, Jdbi jdbi) {

        static Pool open(DatabaseAddress address, String name, int size) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(address.url());
            config.setUsername(address.user());
            config.setPassword(address.password());
            config.setPoolName(name);
            config.setMaximumPoolSize(size);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
            config.setInitializationFailTimeout(1);
            HikariDataSource source = new HikariDataSource(config);
            Jdbi jdbi = Jdbi.create(source);
            jdbi.registerArrayType(Integer.class, "integer");
            jdbi.registerArrayType(Long.class, "bigint");
            jdbi.registerArrayType(String.class, "varchar");
            jdbi.registerArrayType(UUID.class, "uuid");
            return new Pool(source, jdbi);
        }
    }
}
