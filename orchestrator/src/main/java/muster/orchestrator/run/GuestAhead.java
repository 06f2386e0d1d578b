package muster.orchestrator.run;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import muster.orchestrator.home.Folders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One guest of the pool: boots, is ready, then is claimed or ended. */
final class GuestAhead {

    private static final Logger LOG = LoggerFactory.getLogger(GuestAhead.class);

    private final GuestKind kind;
    private final Boots.Order order;
    private final Capacity.Place memory;
    private final Capacity.Place turn;
    private final long bytes;
    private final Clock clock;
    private final Instant since;
    private @Nullable Thread booting;
    private volatile @Nullable Booted booted;
    private volatile @Nullable Wish promisedTo;

    /**
     * @param folder its own
     * @param memory its place in the host's memory
     * @param turn its turn to boot
     */
    GuestAhead(Wish wish, Path folder, Capacity.Place memory, Capacity.Place turn, Clock clock) {
        this.kind = wish.kind();
        this.order = wish.order().ahead(folder);
        this.memory = memory;
        this.turn = turn;
        this.bytes = wish.need().memoryBytes();
        this.clock = clock;
        this.since = clock.instant();
    }

    GuestKind kind() {
        return kind;
    }

    long bytes() {
        return bytes;
    }

    Path folder() {
        return order.folder();
    }

    /** Only once it is ready. */
    Booted booted() {
        return Objects.requireNonNull(booted, "it still boots");
    }

    /** How long it was there. */
    Duration age() {
        return Duration.between(since, clock.instant());
    }

    boolean isReady() {
        return booted != null;
    }

    boolean isDead() {
        Booted now = booted;
        return now != null && !now.guest().isAlive();
    }

    /** Whether nobody who was let in counts on it. */
    boolean isFree() {
        return promisedTo == null;
    }

    boolean isPromisedTo(Wish wish) {
        return promisedTo == wish;
    }

    /** Whether it was promised to whoever boots this. */
    boolean isPromisedTo(Boots.Order whose) {
        Wish wish = promisedTo;
        return wish != null && wish.order().folder().equals(whose.folder());
    }

    /** From now on it is somebody's who has a place in the host's memory. */
    void promise(Wish wish) {
        promisedTo = wish;
    }

    /** @param failed is told when it does not come up */
    void boot(WarmPool.Work with, Consumer<GuestAhead> failed) {
        Thread thread = Thread.ofVirtual()
                .name("boots ahead " + folder().getFileName())
                .unstarted(() -> {
                    try {
                        with.use(order);
                        booted = with.boot(order);
                    } catch (InterruptedException given) {
                        LOG.debug(
                                "{} is not booted ahead any more", order.image().name());
                    } catch (Exception broken) {
                        LOG.info(
                                "no guest of {} was booted ahead", order.image().name(), broken);
                        failed.accept(this);
                    } finally {
                        turn.close();
                        if (booted == null) {
                            memory.close();
                        }
                    }
                });
        booting = thread;
        thread.start();
    }

    /** Whether it answers, once it is known. */
    boolean awaitReady() throws InterruptedException {
        Thread thread = booting;
        if (thread != null) {
            thread.join();
        }
        return isReady() && !isDead();
    }

    /** Gives its memory back: it is to be ended, or belongs to somebody who has a place. */
    void closeMemory() {
        memory.close();
    }

    /** Takes no place of the host any more. */
    void closePlaces() {
        memory.close();
        turn.close();
    }

    /** Ends it, wherever it stands, with all that it left; whatever interrupts. */
    void end() {
        Thread thread = booting;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        try {
            Booted now = booted;
            if (now != null) {
                now.close();
            }
            Folders.delete(folder());
        } catch (UncheckedIOException left) {
            LOG.warn("cannot clear {}; the next muster of this home tries again", folder(), left);
        } finally {
            closePlaces();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
