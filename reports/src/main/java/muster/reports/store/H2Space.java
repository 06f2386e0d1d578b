package muster.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an H2 file small. With {@code WRITE_DELAY=0} every small commit leaves some 25 KB behind. So when it is
 * opened, when a run has ended, and when it is closed, the file is written anew without what it no longer needs; compacting it while open
 * failed assertions of H2's own. A file that a killed program leaves half written is dropped when H2 opens the other one.
 */
final class H2Space {

    private static final Logger LOG = LoggerFactory.getLogger(H2Space.class);
    private static final long MUCH = 64L << 20;
    private static final long LITTLE = 4L << 20;
    private static final double HALF = 2;
    private static final double A_FIFTH = 1.25;

    private final Path file;

    H2Space(Path file) {
        this.file = file;
    }

    /** Reopens the database with a smaller file when more than half of it, and much, is left behind. */
    synchronized void giveBack(Connections connections) throws IOException {
        if (isWasteful(connections, HALF, MUCH)) {
            connections.reopen(() -> pack(file));
        }
    }

    /** Closes the database; its file is made smaller when more than a fifth of it, and not just a little, is left behind. */
    synchronized void close(Connections connections) throws IOException {
        boolean wasteful = isWasteful(connections, A_FIFTH, LITTLE);
        connections.close();
        if (wasteful) {
            pack(file);
        }
    }

    private boolean isWasteful(Connections connections, double most, long worthwhile) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < worthwhile || connections.database() != Database.H2) {
            return false;
        }
        double live = size;
        for (long percent : connections.look(handle -> Lookup.of(
                        handle.createQuery("SELECT setting_name, CAST(setting_value AS BIGINT) "
                                + "FROM information_schema.settings "
                                + "WHERE setting_name IN ('info.FILL_RATE', 'info.CHUNKS_FILL_RATE')"),
                        String.class,
                        Long.class)
                .values())) {
            live *= percent / 100.0;
        }
        return size > most * live + worthwhile;
    }

    /** Writes a file anew. Where anybody else has it open, as the farm's clock has in this very process, it stays as it is. */
    static void pack(Path file) {
        try {
            MVStoreTool.compact(file.toString(), false);
        } catch (MVStoreException stays) {
            LOG.info("the store's file {} is not made smaller now: {}", file, stays.getMessage());
        }
    }
}
