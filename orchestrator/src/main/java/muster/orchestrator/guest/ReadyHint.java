package muster.orchestrator.guest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a console for the line with which an image's {@code muster-ready} service says that SSH is up. */
public final class ReadyHint {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyHint.class);
    private static final byte[] LINE = "muster-ready".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path console;
    private final byte[] buffer = new byte[64 * 1024];
    private long offset;
    private int matched;

    public ReadyHint(Path console) {
        this.console = console;
    }

    /** Waits until it was said, or the guest is no longer alive, or the deadline has passed. */
    public void await(Deadline deadline, BooleanSupplier alive) throws InterruptedException {
        boolean saidOrEnded = deadline.await(PAUSE, () -> isSaid() || !alive.getAsBoolean());
        LOG.debug("{}: {}", console, saidOrEnded ? "ready, or ended" : "no hint in time");
    }

    /** Whether it was said up to now; reads on from where the last call stopped. */
    boolean isSaid() {
        try (RandomAccessFile in = new RandomAccessFile(console.toFile(), "r")) {
            in.seek(offset);
            int count;
            while (matched < LINE.length && (count = in.read(buffer)) > 0) {
                offset += count;
                for (int i = 0; i < count && matched < LINE.length; i++) {
                    // The word's first letter occurs in it once, so a mismatch can only begin it anew.
                    matched = buffer[i] == LINE[matched] ? matched + 1 : buffer[i] == LINE[0] ? 1 : 0;
                }
            }
            return matched == LINE.length;
        } catch (IOException notYet) {
            return false;
        }
    }
}
