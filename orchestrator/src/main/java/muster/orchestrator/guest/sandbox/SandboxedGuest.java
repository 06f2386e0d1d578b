package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.ReadyHint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guest that is one sandbox, of which nothing is left when its first process is gone. */
final class SandboxedGuest implements Guest {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxedGuest.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final SandboxFolder folder;
    private final SandboxRecord record;

    SandboxedGuest(SandboxFolder folder, SandboxRecord record) {
        this.folder = folder;
        this.record = record;
    }

    @Override
    public Path sshSocket() {
        return folder.sshSocket();
    }

    @Override
    public Path console() {
        return folder.console();
    }

    @Override
    public long consoleCutAt() {
        return Sandbox.isCut(console().toFile().length(), record.consoleBytes()) ? record.consoleBytes() : 0;
    }

    @Override
    public String diskCut() {
        try {
            return Files.readString(folder.diskCut()).strip();
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public void awaitReadyHint(Duration limit) throws InterruptedException {
        new ReadyHint(console()).await(Deadline.in(limit), this::isAlive);
    }

    @Override
    public Optional<HostProcess> process() {
        return Optional.of(record.sandbox());
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
        Leftovers.end(Path.of(record.startedIn()));
        try {
            folder.discard();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot delete the disk of {} in {}: {}", record.label(), folder.path(), e.toString());
        }
    }
}
