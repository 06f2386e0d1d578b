package muster.orchestrator.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.FarmConfig;
import muster.reports.CellKey;
import muster.reports.ResultStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells channels what happens to the runs that they are to know of. What could not be told yet lies in a folder, and is told
 * by the next process that opens it. Safe for many threads.
 */
public final class Notifications {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final Map<String, Delivery> deliveries;
    private final Notices notices;
    private final Clock clock;
    private final Map<Long, List<String>> followed = new ConcurrentHashMap<>();

    private Notifications(Map<String, Delivery> deliveries, Notices notices, Clock clock) {
        this.deliveries = deliveries;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * Keeps from now on what is to be told, and tells it from {@link #begin} on.
     *
     * @param folder what waits for each channel
     * @param report where the report is written
     * @param zone in which times of day are meant
     */
    public static Notifications open(
            FarmConfig.Notify notify, Path folder, ResultStore store, Path report, Clock clock, ZoneId zone)
            throws IOException {
        Map<String, Delivery> deliveries = new LinkedHashMap<>();
        for (Channel channel : notify.channels().values()) {
            deliveries.put(
                    channel.name(),
                    new Delivery(
                            channel,
                            new Outbox(folder.resolve(channel.name())),
                            Notifiers.of(channel.way(), clock),
                            clock,
                            zone,
                            Delivery.Pace.USUAL));
        }
        Notices notices = new Notices(store.history(), store.comparison(), new Notices.Links(notify.pages(), report));
        return new Notifications(deliveries, notices, clock);
    }

    /**
     * Begins to tell what waits, and what will happen. First it words what happened to followed runs just before an earlier
     * process ended, and forgets what a restored home knows nothing of.
     *
     * @param underWay cells of a run whose ends are still to come, whatever they came to before
     */
    public void begin(BiPredicate<Long, CellKey> underWay) throws IOException {
        for (Delivery delivery : deliveries.values()) {
            delivery.keepOnly(notice -> notices.hasHappened(notice, cell -> underWay.test(notice.run(), cell)));
        }
        for (long run : followed.keySet()) {
            tell(run, () -> notices.ofCells(run, cell -> underWay.test(run, cell), clock.instant()));
        }
        deliveries.values().forEach(Delivery::start);
    }

    /**
     * Sends a channel a message that says that it is a trial.
     *
     * @throws IOException when it could not be told, with a message for people
     */
    public static void tryOut(Channel channel, Clock clock) throws IOException, InterruptedException {
        Notice trial = new Notice(
                "trial",
                Channel.Event.NIGHT_FINISHED,
                "",
                0,
                clock.instant(),
                "Muster can tell the channel " + channel.name(),
                "This is a trial: nothing has happened.",
                "");
        Notifiers.of(channel.way(), clock).send(new Message(List.of(trial)));
    }

    /** From now on these channels are told what happens to that run. */
    public void follow(long run, Collection<String> channels) {
        followed.put(run, List.copyOf(channels));
    }

    /** A cell has come to its end, whatever of it was to be tried or run again. */
    public void cellEnded(long run, CellKey cell) {
        tell(run, () -> notices.ofCell(run, cell, clock.instant()).stream().toList());
    }

    /** A run has come to its end; nothing more is told of it. */
    public void runEnded(long run) {
        tell(run, () -> List.of(notices.nightFinished(run, clock.instant())));
        followed.remove(run);
    }

    /** A run should have ended within that time, and has not. */
    public void late(long run, Duration within) {
        tell(run, () -> List.of(notices.late(run, within, clock.instant())));
    }

    /** A matrix was due, and nothing was run of it; these channels are told. */
    public void notRun(NotRun what, Collection<String> channels) {
        tell(channels, () -> List.of(notices.notRun(what, clock.instant())), "that " + what.matrix() + " was not run");
    }

    private void tell(long run, Supplier<List<Notice>> happened) {
        tell(followed.getOrDefault(run, List.of()), happened, "what happened to run " + run);
    }

    /** Whoever works on a run is not held up by what cannot be told of it. */
    private void tell(Collection<String> channels, Supplier<List<Notice>> happened, String what) {
        if (channels.isEmpty()) {
            return;
        }
        try {
            for (Notice notice : happened.get()) {
                channels.stream()
                        .flatMap(channel -> Stream.ofNullable(deliveries.get(channel)))
                        .forEach(delivery -> delivery.put(notice));
            }
        } catch (RuntimeException broken) {
            LOG.error("cannot word {}: nobody is told", what, broken);
        }
    }
}
