package muster.orchestrator.bench.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SightTest {

    private final Sight sight = new Sight(Clock.fixed(Instant.ofEpochMilli(10_000), ZoneOffset.UTC));

    @Test
    void aLineCountsFromWrittenToSeenHoweverItWasCut() {
        sight.more("booting\nat 1 99");
        assertThat(sight.take()).isEmpty();
        sight.more("40\nPASS: case 1\nat 2 9990\n");
        assertThat(sight.take()).containsExactly(60L, 10L);
        assertThat(sight.take()).isEmpty();
        assertThat(sight.gaps()).isZero();
    }

    @Test
    void aLineThatIsMissingOrComesTwiceIsTold() {
        sight.more("at 7 9000\nat 8 9000\n");
        assertThat(sight.gaps())
                .as("who comes later has not missed what was before")
                .isZero();
        sight.more("at 10 9000\n");
        assertThat(sight.gaps()).isEqualTo(1);
        sight.more("at 10 9000\n");
        assertThat(sight.gaps()).isEqualTo(2);
    }
}
