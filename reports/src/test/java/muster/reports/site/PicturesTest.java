package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.view.GuestTime;
import muster.reports.view.Took;
import muster.reports.view.VerdictsAt;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PicturesTest {

    private static final Instant BEGAN = Instant.parse("2026-08-04T23:30:00Z");
    private static final Instant NOW = BEGAN.plusSeconds(1_000);

    @Test
    void guestsThatOverlapStandUnderEachOtherAndAFreePlaceIsTakenAgain() {
        GuestChart chart = GuestChart.of(
                List.of(
                        guest("a", 0, 100, Outcome.PASSED, 10),
                        guest("b", 50, 200, Outcome.FAILED, 40),
                        guest("c", 100, 200, Outcome.LOST, 20)),
                NOW,
                ZoneOffset.UTC);
        assertThat(chart.hosts()).singleElement().satisfies(host -> {
            assertThat(host.atOnce()).isEqualTo(2);
            assertThat(host.bars()).extracting(bar -> bar.y() / GuestChart.ROW).containsExactly(0, 1, 0);
            assertThat(host.bars()).extracting(GuestChart.Bar::x).containsExactly("0.00%", "25.00%", "50.00%");
            assertThat(host.bars()).extracting(GuestChart.Bar::width).containsExactly("50.00%", "75.00%", "50.00%");
        });
    }

    @Test
    void whereAttemptsOverlapTheirMeanPressureStands() {
        GuestChart chart = GuestChart.of(
                List.of(guest("a", 0, 100, Outcome.PASSED, 10), guest("b", 50, 200, Outcome.FAILED, 40)),
                NOW,
                ZoneOffset.UTC);
        PressureChart cpu = chart.hosts().getFirst().pressure().getFirst();
        assertThat(cpu.steps()).extracting(PressureChart.Level::percent).containsExactly(10, 25, 40);
        assertThat(cpu.scale()).isEqualTo(50);
        assertThat(cpu.most()).isEqualTo(40);
        assertThat(chart.hosts().getFirst().pressure())
                .as("nothing is known of memory and disks")
                .hasSize(1);
    }

    @Test
    void aGuestUnderWayReachesUntilNowAndANameStandsOnlyWhereItFits() {
        GuestChart chart = GuestChart.of(
                List.of(guest("a", 0, 10, Outcome.PASSED, 1), guest("b", 0, null, null, 1)), NOW, ZoneOffset.UTC);
        List<GuestChart.Bar> bars = chart.hosts().getFirst().bars();
        assertThat(bars.getFirst().label()).isEmpty();
        assertThat(bars.getLast().label()).isEqualTo("debian-b posix");
        assertThat(bars.getLast().width()).isEqualTo("100.00%");
        assertThat(bars.getLast().state().word()).isEqualTo("under way");
    }

    @Test
    void ticksAreRoundInTheFarmsZone() {
        TimeAxis axis = TimeAxis.of(BEGAN, BEGAN.plus(Duration.ofHours(5)), ZoneId.of("Asia/Kolkata"));
        assertThat(axis.ticks())
                .extracting(TimeAxis.Tick::at)
                .hasSize(6)
                .first()
                .as("05:00 there")
                .isEqualTo(Instant.parse("2026-08-04T23:30:00Z"));
        assertThat(TimeAxis.of(BEGAN, BEGAN, ZoneOffset.UTC).ticks()).isNotEmpty();
    }

    @Test
    void oneBadCaseOfAMillionIsStillSeen() {
        OverTime chart = OverTime.of(List.of(
                new VerdictsAt(1, BEGAN, new Counts(new TreeMap<>(Map.of(Verdict.PASS, 999_999, Verdict.FAIL, 1)))),
                new VerdictsAt(2, NOW, new Counts(new TreeMap<>(Map.of(Verdict.FAIL, 1_000_000))))));
        assertThat(chart.bars()).extracting(OverTime.Bar::height).containsExactly(2, OverTime.BAD_HEIGHT);
        assertThat(chart.bars().getFirst().pieces())
                .extracting(piece -> piece.state().word())
                .containsExactly("good", "bad");
        assertThat(chart.bars())
                .allSatisfy(bar -> assertThat(bar.pieces())
                        .allSatisfy(piece -> assertThat(piece.y()).isBetween(0, OverTime.ALL_HEIGHT)));
    }

    @Test
    void theSpreadsBoxHoldsTheMiddleHalf() {
        List<Took> took = IntStream.rangeClosed(1, 8)
                .mapToObj(run -> new Took(run, Duration.ofSeconds(run)))
                .toList();
        Spread spread = Spread.of(new TreeMap<>(Map.of(cell("a"), took)));
        assertThat(spread.longest()).isEqualTo(Duration.ofSeconds(8));
        assertThat(spread.rows()).singleElement().satisfies(row -> {
            assertThat(row.median()).isEqualTo(Duration.ofSeconds(4));
            assertThat(row.places().box()).isEqualTo("25.00%");
            assertThat(row.places().boxWidth()).isEqualTo("50.00%");
            assertThat(row.places().newest()).isEqualTo("100.00%");
        });
        assertThat(Spread.of(new TreeMap<>(Map.of(cell("a"), List.of()))).rows())
                .isEmpty();
    }

    @Test
    void versionsOfPackagesAreOrderedAsDebianDoes() {
        assertThat(List.of("1.0~rc1-1", "1.0-1", "1.0-1+b2", "1.0.1-1", "1.10-1", "2:0.1-1"))
                .isSortedAccordingTo(new PackageOrder());
        assertThat(new PackageOrder().compare("1.0-1", "1.0-01")).isZero();
        assertThat(new PackageOrder().compare("1.2-1~deb12u1", "1.2-1")).isNegative();
    }

    private static CellKey cell(String name) {
        return new CellKey("debian-" + name, "posix", "full", "uml");
    }

    private static GuestTime guest(
            String name, long from, @Nullable Integer to, @Nullable Outcome outcome, int cpuPressure) {
        return new GuestTime(
                cell(name),
                Attempt.Kind.MAIN,
                new GuestRecord("main", "uml", "farm-1", "image", BEGAN.plusSeconds(from)),
                to == null ? null : BEGAN.plusSeconds(to),
                outcome,
                new TreeMap<>(Map.of("cpu", cpuPressure)));
    }
}
