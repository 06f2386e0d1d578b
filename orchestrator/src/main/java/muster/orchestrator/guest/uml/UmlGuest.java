package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.ReadyHint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guest on User-Mode Linux: one sandbox, of which nothing is left when its first process is gone. */
final class UmlGuest implements Guest {

    private static final Logger LOG = LoggerFactory.getLogger(UmlGuest.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path folder;
    private final UmlRecord record;

    UmlGuest(Path folder, UmlRecord record) {
        this.folder = folder;
        this.record = record;
    }

    /** Where its socket is, in a guest's folder. */
    static Path sshSocket(Path folder) {
        return UmlSandbox.box(folder).resolve("ssh.sock");
    }

    /** Where its private disk is. */
    static Path clone(Path folder) {
        return UmlSandbox.box(folder).resolve("clone.cow");
    }

    static Path seed(Path folder) {
        return folder.resolve("seed.img");
    }

    /** Deletes what is of no use without the running guest: its disk, its secrets, its socket. */
    static void discard(Path folder) throws IOException {
        for (Path path : List.of(sshSocket(folder), clone(folder), seed(folder))) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public Path sshSocket() {
        return sshSocket(folder);
    }

    @Override
    public Path console() {
        return UmlSandbox.console(folder);
    }

    @Override
    public long consoleCutAt() {
        return UmlSandbox.isCut(console().toFile().length(), record.consoleBytes()) ? record.consoleBytes() : 0;
    }

    @Override
    public void awaitReadyHint(Duration limit) throws InterruptedException {
        new ReadyHint(console()).await(Deadline.in(limit), this::isAlive);
    }

    @Override
    public boolean isAlive() {
        return record.sandbox().isAlive();
    }

    @Override
    public SortedMap<String, String> provenance() {
        return record.provenance();
    }

    @Override
    public void close() {
        boolean gone = Deadline.in(CLOSE_LIMIT).awaitUninterruptibly(PAUSE, () -> {
            record.sandbox().kill();
            return !isAlive();
        });
        if (!gone) {
            LOG.error(
                    "cannot end the guest of {} in {} s after SIGKILL: {}",
                    record.label(),
                    CLOSE_LIMIT.toSeconds(),
                    record.sandbox());
            return;
        }
        // The outer bubblewrap ends by itself a moment later; wait for that too.
        Leftovers.end(folder);
        try {
            discard(folder);
        } catch (IOException e) {
            LOG.warn("cannot delete the disk of {} in {}: {}", record.label(), folder, e.toString());
        }
    }
}
