package muster.orchestrator.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.Channel.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Delivery.Pace QUICK =
            new Delivery.Pace(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(20));

    @TempDir
    Path folder;

    private final BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();

    private Delivery delivery(Notifier notifier, @Nullable LocalTime daily, Delivery.Pace pace) throws IOException {
        Channel channel = new Channel(
                "team", EnumSet.of(Event.LATE, Event.REGRESSION), daily, new Channel.Command(List.of("true")));
        return new Delivery(
                channel,
                new Outbox(folder),
                notifier,
                Clock.fixed(NOW, ZoneOffset.UTC),
                ZoneId.of("Europe/Berlin"),
                pace);
    }

    private void tell(Message message) {
        told.add(message.notices().stream().map(Notice::id).toList());
    }

    private static Notice notice(String id, Event event, Instant at) {
        return new Notice(id, event, "nightly", 12, at, "headline of " + id, "text", "link");
    }

    private List<String> next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, SECONDS));
    }

    @Test
    void onlyWhatAChannelWantsToKnowIsTold() throws Exception {
        Delivery delivery = delivery(this::tell, null, QUICK).start();
        delivery.put(notice("unwanted", Event.FARM_FAILURE, NOW));
        delivery.put(notice("wanted", Event.LATE, NOW));
        assertThat(next()).containsExactly("wanted");
    }

    @Test
    void theSameIsToldOnceEvenByTheNextProcess() throws Exception {
        Delivery delivery = delivery(this::tell, null, QUICK).start();
        delivery.put(notice("a", Event.LATE, NOW));
        assertThat(next()).containsExactly("a");
        awaitTold();
        Delivery next = delivery(this::tell, null, QUICK).start();
        next.put(notice("a", Event.LATE, NOW));
        next.put(notice("b", Event.LATE, NOW));
        assertThat(next()).containsExactly("b");
    }

    private void awaitTold() {
        org.awaitility.Awaitility.await()
                .until(() -> new Outbox(folder).waiting().isEmpty());
    }

    @Test
    void whatCannotBeToldIsTriedAgain() throws Exception {
        int[] tries = {0};
        Delivery delivery = delivery(
                        message -> {
                            if (++tries[0] < 4) {
                                throw new IOException("cannot: not yet");
                            }
                            tell(message);
                        },
                        null,
                        QUICK)
                .start();
        delivery.put(notice("a", Event.LATE, NOW));
        assertThat(next()).containsExactly("a");
        assertThat(tries[0]).isEqualTo(4);
    }

    @Test
    void whatAnEarlierProcessCouldNotTellIsTold() throws Exception {
        delivery(this::tell, null, QUICK).put(notice("a", Event.LATE, NOW));
        assertThat(told).isEmpty();
        delivery(this::tell, null, QUICK).start();
        assertThat(next()).containsExactly("a");
    }

    @Test
    void whatComesInNumbersIsToldTogetherAfterTheFirst() throws Exception {
        Delivery delivery = delivery(
                        this::tell,
                        null,
                        new Delivery.Pace(Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMillis(2)))
                .start();
        delivery.put(notice("a", Event.LATE, NOW));
        assertThat(next()).containsExactly("a");
        for (int i = 0; i < 5; i++) {
            delivery.put(notice("b" + i, Event.REGRESSION, NOW));
        }
        assertThat(next()).containsExactly("b0", "b1", "b2", "b3", "b4");
    }

    @Test
    void aFaultInOneMessageDoesNotEndTheChannel() throws Exception {
        Delivery delivery = delivery(
                        message -> {
                            if (message.notices().size() == 1) {
                                throw new IllegalStateException("a fault");
                            }
                            tell(message);
                        },
                        null,
                        QUICK)
                .start();
        delivery.put(notice("a", Event.LATE, NOW));
        delivery.put(notice("b", Event.LATE, NOW.plusSeconds(1)));
        assertThat(next()).containsExactly("a", "b");
    }

    @Test
    void whatIsDailyIsToldAtTheNextTimeOfDayInTheFarmsZone() throws Exception {
        Delivery delivery = delivery(this::tell, LocalTime.of(7, 30), QUICK);
        assertThat(delivery.dueAt(Instant.parse("2026-03-04T05:06:07Z"))).isEqualTo("2026-03-04T06:30:00Z");
        assertThat(delivery.dueAt(Instant.parse("2026-03-04T06:30:01Z"))).isEqualTo("2026-03-05T06:30:00Z");
        // Summer time begins on 29 March.
        assertThat(delivery.dueAt(Instant.parse("2026-03-28T20:00:00Z"))).isEqualTo("2026-03-29T05:30:00Z");
    }

    @Test
    void whatIsDailyWaitsForItsTimeAndThenComesTogether() throws Exception {
        Delivery delivery = delivery(this::tell, LocalTime.of(7, 30), QUICK).start();
        delivery.put(notice("today", Event.LATE, NOW));
        assertThat(told.poll(300, java.util.concurrent.TimeUnit.MILLISECONDS)).isNull();
        delivery.put(notice("yesterday", Event.LATE, NOW.minus(Duration.ofDays(1))));
        assertThat(next()).containsExactly("yesterday", "today");
    }

    @Test
    void whatNobodyTakesForAWeekIsGivenUp() throws Exception {
        Outbox outbox = new Outbox(folder);
        outbox.put(notice("old", Event.LATE, NOW.minus(Duration.ofDays(8))));
        outbox.put(notice("new", Event.LATE, NOW));
        assertThat(outbox.forget(NOW)).extracting(Notice::id).containsExactly("old");
        assertThat(outbox.waiting()).extracting(Notice::id).containsExactly("new");
    }

    @Test
    void anUnreadableNoticeHoldsUpNoOther() throws Exception {
        Outbox outbox = new Outbox(folder);
        java.nio.file.Files.writeString(folder.resolve("waiting/broken.json"), "{\"id\":");
        outbox.put(notice("whole", Event.LATE, NOW));
        assertThat(outbox.waiting()).extracting(Notice::id).containsExactly("whole");
        assertThat(folder.resolve("waiting/broken.json.unreadable")).exists();
    }
}
