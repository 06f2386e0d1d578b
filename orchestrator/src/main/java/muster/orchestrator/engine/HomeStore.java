package muster.orchestrator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.home.Home;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;
import org.jspecify.annotations.Nullable;

/** Opens the store of a home: a file in it, or the PostgreSQL that its {@code farm.yaml} names. */
public final class HomeStore {

    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private HomeStore() {}

    /** Where the database of a home answers to this very process. */
    static DatabaseAddress address(Home home, FarmConfig config) throws IOException {
        FarmConfig.Store store = config.store();
        String url = store.url();
        return url == null
                ? JdbiResultStore.address(home.store())
                : new DatabaseAddress(url, store.user(), password(store.passwordFile()));
    }

    /** For a home that nobody holds, or its holder; with a PostgreSQL for anybody. */
    public static ResultStore open(Home home, FarmConfig config, Clock clock) throws IOException {
        return config.store().url() == null
                ? JdbiResultStore.open(home.store(), clock)
                : JdbiResultStore.open(address(home, config), home.store(), clock);
    }

    private static @Nullable String password(@Nullable String file) throws IOException {
        if (file == null) {
            return null;
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new IOException("cannot read the store's password in " + path
                    + ": there is no such file for this user; see store in farm.yaml");
        }
        if (Files.getPosixFilePermissions(path).stream().anyMatch(FOR_OTHERS::contains)) {
            throw new IOException("cannot use the store's password in " + path
                    + ": others than its owner may read or write it; chmod 600 it");
        }
        return Files.readAllLines(path).stream().findFirst().orElse("");
    }
}
