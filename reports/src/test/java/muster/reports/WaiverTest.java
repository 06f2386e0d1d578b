package muster.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import muster.reports.RecordedWaiver.Standing;
import muster.reports.Waiver.Kind;
import org.junit.jupiter.api.Test;

class WaiverTest {

    private static final CellKey CELL = CellKey.parse("debian-12:posix:full@uml");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Instant NIGHT = Instant.parse("2026-03-10T23:30:00Z");

    @Test
    void aPatternHoldsWhateverTheNameHolds() {
        assertThat(scope("sig*/1-*").names("sigaction/1-3")).isTrue();
        assertThat(scope("sig*/1-*").names("sigaction/2-3")).isFalse();
        assertThat(scope("ls *.c").names("ls *.c")).isTrue();
        assertThat(scope("[a-z].?").names("a.b")).isFalse();
        assertThat(scope("*a*a*a*a*a*a*b").names("a".repeat(20_000))).isFalse();
        assertThat(scope("*").names("")).isTrue();
    }

    @Test
    void suiteDistributionAndVersionsNarrowTheScope() {
        Scope scope = new Scope("*", "posix", "1.5.2-8", "1.10", List.of("debian-1*"));
        assertThat(scope.holdsFor(CELL, "1.5.2-8")).isTrue();
        assertThat(scope.holdsFor(CELL, "1.9")).isTrue();
        assertThat(scope.holdsFor(CELL, "1.10")).isTrue();
        assertThat(scope.holdsFor(CELL, "1.10.1")).isFalse();
        assertThat(scope.holdsFor(CELL, "1.5.2-7")).isFalse();
        assertThat(scope.holdsFor(CELL, "")).isFalse();
        assertThat(scope.holdsFor(CellKey.parse("debian-sid:posix:full@uml"), "1.9"))
                .isFalse();
        assertThat(scope.holdsFor(CellKey.parse("debian-12:commands:default@uml"), "1.9"))
                .isFalse();
    }

    @Test
    void onlyAPermanentInterpretationHasNoExpiry() {
        assertThat(waiver(Kind.PERMANENT_INTERPRETATION, null).expires()).isNull();
        assertThatThrownBy(() -> waiver(Kind.MINOR_FAULT, null)).hasMessageContaining("a day on which it expires");
    }

    @Test
    void noOtherHoldsLongerThanTwelveMonths() {
        assertThat(waiver(Kind.SUITE_DEFICIENCY, LocalDate.of(2027, 3, 1)).expires())
                .isEqualTo(LocalDate.of(2027, 3, 1));
        assertThatThrownBy(() -> waiver(Kind.SUITE_DEFICIENCY, LocalDate.of(2027, 3, 2)))
                .hasMessageContaining("expires by 2027-03-01");
        assertThatThrownBy(() -> waiver(Kind.SUITE_DEFICIENCY, LocalDate.of(2026, 2, 28)))
                .hasMessageContaining("before it begins");
    }

    @Test
    void itHoldsToTheEndOfItsLastDayInTheFarmsZone() {
        RecordedWaiver waiver = recorded(NIGHT.minus(Duration.ofHours(5)), null);
        assertThat(waiver.stands(NIGHT, ZoneOffset.UTC)).isEqualTo(Standing.HOLDS);
        assertThat(waiver.stands(NIGHT, ZoneId.of("Europe/Berlin"))).isEqualTo(Standing.EXPIRED);
        assertThat(waiver.expiresWithin(3, NIGHT.minus(Duration.ofDays(3)), ZoneOffset.UTC))
                .isFalse();
        assertThat(waiver.expiresWithin(0, NIGHT, ZoneOffset.UTC)).isTrue();
    }

    @Test
    void whatIsRecordedLaterChangesNoEarlierNight() {
        RecordedWaiver waiver = recorded(NIGHT, null);
        assertThat(waiver.stands(NIGHT.minusMillis(1), ZoneOffset.UTC)).isEqualTo(Standing.TO_COME);
        RecordedWaiver withdrawn =
                recorded(NIGHT.minusSeconds(9), new RecordedWaiver.Withdrawal("Ada", NIGHT, "mended"));
        assertThat(withdrawn.stands(NIGHT.minusMillis(1), ZoneOffset.UTC)).isEqualTo(Standing.HOLDS);
        assertThat(withdrawn.stands(NIGHT, ZoneOffset.UTC)).isEqualTo(Standing.WITHDRAWN);
    }

    private static Scope scope(String cases) {
        return new Scope(cases, "posix", null, null, List.of("*"));
    }

    private static Waiver waiver(Kind kind, LocalDate expires) {
        return new Waiver(scope("a"), kind, "known", "", "Ada", DAY, expires);
    }

    private static RecordedWaiver recorded(Instant at, RecordedWaiver.Withdrawal withdrawn) {
        return new RecordedWaiver(1, waiver(Kind.MINOR_FAULT, LocalDate.of(2026, 3, 10)), "Ada", at, null, withdrawn);
    }
}
