package muster.orchestrator.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Predicate;
import muster.orchestrator.config.Channel;
import muster.orchestrator.guest.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one channel what waits in its outbox: at once, or once a day. After each message it rests, so that what comes in
 * numbers comes together in the next.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** A clock that is set is looked at again at least so often. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Channel channel;
    private final Outbox outbox;
    private final Notifier notifier;
    private final Clock clock;
    private final ZoneId zone;
    private final Pace pace;
    private boolean changed = true;

    /**
     * How quickly.
     *
     * @param rest between two messages
     * @param first after the first failure; later ones wait twice as long each, at most {@code longest}
     */
    record Pace(Duration rest, Duration first, Duration longest) {
        static final Pace USUAL = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(15));
    }

    Delivery(Channel channel, Outbox outbox, Notifier notifier, Clock clock, ZoneId zone, Pace pace) {
        this.channel = channel;
        this.outbox = outbox;
        this.notifier = notifier;
        this.clock = clock;
        this.zone = zone;
        this.pace = pace;
    }

    /** Begins to tell; ends with the process. */
    Delivery start() {
        Thread.ofVirtual().name("channel " + channel.name()).start(this::work);
        return this;
    }

    /** To be told, unless the channel does not want to know, or was told. */
    void put(Notice notice) {
        if (!channel.events().contains(notice.event())) {
            return;
        }
        try {
            if (outbox.put(notice)) {
                changed();
            }
        } catch (IOException full) {
            LOG.error("cannot keep for {}: {}", channel.name(), notice.headline(), full);
        }
    }

    /** Neither tells nor remembers what is not as described; before {@link #start}. */
    void keepOnly(Predicate<Notice> described) throws IOException {
        outbox.keepOnly(described);
    }

    private synchronized void changed() {
        changed = true;
        notifyAll();
    }

    private void work() {
        try {
            Deadline rest = Deadline.in(Duration.ZERO);
            while (true) {
                awaitChange(rest);
                List<Notice> due = due();
                if (!due.isEmpty()) {
                    tell(due);
                    rest = Deadline.in(pace.rest());
                }
            }
        } catch (InterruptedException ended) {
            LOG.debug("nothing more is told to {}", channel.name());
        }
    }

    /** Returns when something came and the rest is over, and from time to time. */
    private synchronized void awaitChange(Deadline rest) throws InterruptedException {
        Deadline look = Deadline.in(LOOK);
        while (!rest.passed() || !(changed || look.passed())) {
            wait(1 + (rest.passed() ? look : rest).left().toMillis());
        }
        changed = false;
    }

    private List<Notice> due() {
        try {
            for (Notice old : outbox.forget(clock.instant())) {
                LOG.error("{} was never told, and is not any more: {}", channel.name(), old.headline());
            }
            List<Notice> waiting = outbox.waiting();
            return waiting.isEmpty()
                            || clock.instant().isBefore(dueAt(waiting.getFirst().at()))
                    ? List.of()
                    : waiting;
        } catch (IOException unreadable) {
            LOG.error("cannot read what {} is to be told", channel.name(), unreadable);
            return List.of();
        }
    }

    /** When what happened then is told. */
    Instant dueAt(Instant at) {
        LocalTime daily = channel.daily();
        if (daily == null) {
            return at;
        }
        LocalDate day = at.atZone(zone).toLocalDate();
        ZonedDateTime today = day.atTime(daily).atZone(zone);
        return (today.toInstant().isBefore(at) ? day.plusDays(1).atTime(daily).atZone(zone) : today).toInstant();
    }

    private void tell(List<Notice> notices) throws InterruptedException {
        RetryPolicy<Object> patience = RetryPolicy.builder()
                .handle(IOException.class)
                .withBackoff(pace.first(), pace.longest())
                .withMaxRetries(-1)
                .withMaxDuration(Outbox.KEPT)
                .onFailedAttempt(failed ->
                        LOG.warn("{} is not told yet: {}", channel.name(), String.valueOf(failed.getLastException())))
                .build();
        try {
            Failsafe.with(patience).run(() -> notifier.send(new Message(notices)));
            outbox.told(notices);
        } catch (RuntimeException failed) {
            if (failed instanceof FailsafeException && failed.getCause() instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException().initCause(failed);
            }
            LOG.error("cannot tell {} of {} things", channel.name(), notices.size(), failed);
        } catch (IOException unmoved) {
            LOG.error("{} was told, and may be again", channel.name(), unmoved);
        }
    }
}
