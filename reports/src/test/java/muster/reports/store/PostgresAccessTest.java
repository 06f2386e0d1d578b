package muster.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import muster.reports.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresAccessTest extends AccessContract {

    @TempDir
    Path folder;

    private JdbiResultStore store;

    @BeforeEach
    void open() throws IOException {
        store = JdbiResultStore.open(Samples.at(PostgresServer.newDatabase()), folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    ResultStore store() {
        return store;
    }
}
