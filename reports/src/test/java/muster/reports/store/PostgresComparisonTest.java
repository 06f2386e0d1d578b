package muster.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

class PostgresComparisonTest extends ComparisonContract {

    @Override
    JdbiResultStore open(Path folder) throws IOException {
        return JdbiResultStore.open(Samples.at(PostgresServer.newDatabase()), folder, Clock.systemUTC());
    }
}
