package muster.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

class H2ArchiveTest extends ArchiveContract {

    @Override
    JdbiResultStore open(Path folder) throws IOException {
        return JdbiResultStore.open(folder, Clock.systemUTC());
    }
}
