package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.Manifest;
import muster.orchestrator.matrix.Cell;
import org.junit.jupiter.api.Test;

class WishesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Wishes wishes = new Wishes();

    @Test
    void whatIsForeseenIsWantedUntilItsAttemptWaits() {
        List<Wish> foreseen = List.of(wish("a", 0, NOW), wish("b", 0, NOW));
        wishes.foresee(foreseen);
        Wish waiting = wish("a", 0, NOW.minus(WAIT));
        wishes.add(waiting);
        wishes.foresee(foreseen);
        assertThat(wishes.wanted()).containsExactlyInAnyOrderEntriesOf(Map.of(kind("a"), 1, kind("b"), 1));
        assertThat(first(Map.of())).isSameAs(waiting);
        assertThat(first(Map.of(kind("a"), 1)).kind()).isEqualTo(kind("b"));
        assertThat(wishes.first(Map.of(kind("a"), 1, kind("b"), 1), NOW, WAIT, any -> true))
                .isEmpty();
    }

    @Test
    void whatHasJustBegunToWaitAndWhatWasLetInIsNotBootedFor() {
        wishes.add(wish("a", 0, NOW));
        Wish letIn = wish("b", 0, NOW.minus(WAIT));
        wishes.add(letIn);
        assertThat(wishes.letIn(letIn.need())).contains(letIn);
        assertThat(wishes.letIn(letIn.need())).isEmpty();
        assertThat(wishes.first(Map.of(), NOW, WAIT, any -> true)).isEmpty();
        assertThat(wishes.wanted()).containsOnlyKeys(kind("a"));
    }

    @Test
    void theUrgentComesFirstAndWhatCannotBeIsPassedOver() {
        Wish urgent = wish("a", 5, NOW.minus(WAIT));
        Wish usual = wish("b", 0, NOW.minus(WAIT));
        wishes.add(usual);
        wishes.add(urgent);
        assertThat(first(Map.of())).isSameAs(urgent);
        assertThat(wishes.first(Map.of(), NOW, WAIT, wish -> wish != urgent)).contains(usual);
    }

    private Wish first(Map<GuestKind, Integer> there) {
        return wishes.first(there, NOW, WAIT, any -> true).orElseThrow();
    }

    private static GuestKind kind(String image) {
        return wish(image, 0, NOW).kind();
    }

    private static Wish wish(String image, int priority, Instant since) {
        Manifest manifest = new Manifest(
                image,
                "amd64",
                "",
                "",
                "",
                new TreeMap<>(),
                List.of(),
                null,
                NOW,
                0,
                "",
                null,
                new TreeMap<>(),
                true,
                null,
                null);
        BaseImage base = new BaseImage(image, Path.of(image), manifest);
        Boots.Order order =
                new Boots.Order(image, "uml", base, base.disk(), false, new Cell.Shape(1, 1), WAIT, Path.of("folder"));
        Capacity.Need need = new Capacity.Need(image, 1, 1, 0).urgent(priority);
        return new Wish(order, need, since, closed -> {});
    }
}
