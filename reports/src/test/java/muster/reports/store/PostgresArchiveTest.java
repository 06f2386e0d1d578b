package muster.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

class PostgresArchiveTest extends ArchiveContract {

    private final String url = PostgresServer.newDatabase();

    @Override
    JdbiResultStore open(Path folder) throws IOException {
        return JdbiResultStore.open(Samples.at(url), folder, Clock.systemUTC());
    }
}
