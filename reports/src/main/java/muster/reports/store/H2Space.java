package muster.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps an H2 file small while the program runs. With {@code WRITE_DELAY=0} every small commit leaves some 25 KB behind, and
 * H2 gives them back only when it closes the file. So once in a while, when a run has ended, it is closed and opened again;
 * compacting it while open failed assertions of H2's own.
 */
final class H2Space {

    private static final long WORTHWHILE = 32L << 20;

    private final Path file;
    private long before;

    H2Space(Path file) throws IOException {
        this.file = file;
        this.before = size();
    }

    /** Reopens the database when its file is more than twice as large as it was last time, and more. */
    synchronized void giveBack(Connections connections) throws IOException {
        if (size() > 2 * before + WORTHWHILE) {
            connections.reopen();
            before = size();
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
