package muster.orchestrator.engine;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.SecretFile;
import muster.orchestrator.home.Home;
import muster.reports.ResultStore;
import muster.reports.store.CannotOpenStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;

/** Opens the store of a home: a file in it, or the PostgreSQL that its {@code farm.yaml} names. */
public final class HomeStore {

    private static final RetryPolicy<ResultStore> ONCE_FREE = RetryPolicy.<ResultStore>builder()
            .handle(CannotOpenStore.InUse.class)
            .withMaxRetries(-1)
            .withMaxDuration(Duration.ofSeconds(10))
            .withDelay(Duration.ofMillis(100))
            .build();

    private HomeStore() {}

    /** Where the database of a home answers to this very process. */
    static DatabaseAddress address(Home home, FarmConfig config) throws IOException {
        FarmConfig.Store store = config.store();
        String url = store.url();
        return url == null
                ? JdbiResultStore.address(home.store())
                : new DatabaseAddress(
                        url, store.user(), SecretFile.firstLine("the store's password", store.passwordFile()));
    }

    /**
     * For a home that nobody holds, or its holder; with a PostgreSQL for anybody. Who looks into a home that nobody holds has
     * its file for a moment: it is waited for.
     */
    public static ResultStore open(Home home, FarmConfig config, Clock clock) throws IOException {
        if (config.store().url() != null) {
            return JdbiResultStore.open(address(home, config), home.store(), clock);
        }
        try {
            return Failsafe.with(ONCE_FREE).get(() -> JdbiResultStore.open(home.store(), clock));
        } catch (FailsafeException broken) {
            if (broken.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw broken;
        }
    }
}
