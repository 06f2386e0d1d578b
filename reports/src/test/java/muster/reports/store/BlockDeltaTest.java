package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockDeltaTest {

    private static final Nature PASS = new Nature(Verdict.PASS, "PASS", null);
    private static final Nature FAIL = new Nature(Verdict.FAIL, "FAIL", 1);

    private static byte[] part(List<@Nullable Duration> durations, int failing) {
        PartColumns columns = new PartColumns();
        for (int i = 0; i < durations.size(); i++) {
            columns.add(i == failing ? FAIL : PASS, durations.get(i), 3L * i, i == failing ? 7 : 0);
        }
        return BlockCodec.encode(columns);
    }

    private static byte @Nullable [] told(byte[] part, byte[] base) {
        return BlockDelta.encode(new BlockPart(part, null).content(), new BlockPart(base, null).content(), 4);
    }

    private record Row(Nature nature, @Nullable Duration duration, long line, long message) {}

    private static List<Row> rows(BlockPart part) {
        List<Row> rows = new ArrayList<>();
        BlockCodec.decode(
                part, (nature, duration, line, message) -> rows.add(new Row(nature, duration, line, message)));
        return rows;
    }

    private static List<@Nullable Duration> durations(Random random, List<@Nullable Duration> usual, double spread) {
        List<@Nullable Duration> durations = new ArrayList<>();
        for (Duration each : usual) {
            double times = Math.max(0, 1 + spread * random.nextGaussian());
            boolean unknown = each == null || random.nextInt(50) == 0;
            durations.add(unknown ? null : Duration.ofMillis(Math.round(each.toMillis() * times)));
        }
        return durations;
    }

    private static List<@Nullable Duration> usual(Random random, int size) {
        List<@Nullable Duration> usual = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            usual.add(random.nextInt(50) == 0 ? null : Duration.ofMillis((long) Math.exp(random.nextDouble() * 12)));
        }
        return usual;
    }

    @Test
    void whatIsToldByAnotherComesBackAsItWas() {
        Random random = new Random(4);
        for (double spread : new double[] {0, 0.01, 0.3, 5}) {
            for (int size : new int[] {0, 1, 7, 3000}) {
                List<@Nullable Duration> usual = usual(random, size);
                byte[] base = part(durations(random, usual, spread), -1);
                byte[] part = part(durations(random, usual, spread), size / 2);
                byte[] told = Objects.requireNonNull(told(part, base));
                BlockPart read = new BlockPart(told, new BasePart(base, null));
                assertThat(rows(read)).isEqualTo(rows(new BlockPart(part, null)));
                assertThat(read.messages())
                        .isEqualTo(new BlockPart(part, null).content().messages());
                assertThat(read.age()).isEqualTo(4);
                List<Verdict> verdicts = new ArrayList<>();
                BlockCodec.decodeVerdicts(read, code -> verdicts.add(VerdictCodes.verdict(code)));
                assertThat(verdicts).hasSize(size);
                assertThat(verdicts.indexOf(Verdict.FAIL)).isEqualTo(size == 0 ? -1 : size / 2);
            }
        }
    }

    @Test
    void aNightLikeTheOneBeforeTakesLessThanHalfAByteACase() {
        Random random = new Random(4);
        List<@Nullable Duration> before = new ArrayList<>();
        List<@Nullable Duration> now = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double usual = Math.exp(random.nextDouble() * Math.log(2000));
            before.add(Duration.ofMillis(Math.round(usual * (1 + 0.03 * random.nextGaussian()))));
            now.add(Duration.ofMillis(Math.round(usual * (1 + 0.03 * random.nextGaussian()))));
        }
        byte[] base = part(before, 4);
        byte[] part = part(now, 4);
        assertThat(part.length).isGreaterThan(1100);
        assertThat(Objects.requireNonNull(told(part, base)).length).isLessThan(470);
    }

    @Test
    void anythingIsToldByAnythingOfItsSize() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            int size = random.nextInt(300);
            byte[] alone = anything(random, size);
            byte[] base = random.nextBoolean()
                    ? alone
                    : BlockCodec.withUsual(
                            alone, random.longs(size, -1_000, 1L << 40).toArray());
            assertThat(rows(new BlockPart(base, null))).isEqualTo(rows(new BlockPart(alone, null)));
            byte[] part = anything(random, size);
            byte[] told = Objects.requireNonNull(told(part, base));
            assertThat(rows(new BlockPart(told, new BasePart(base, null)))).isEqualTo(rows(new BlockPart(part, null)));
        }
    }

    private static byte[] anything(Random random, int size) {
        PartColumns columns = new PartColumns();
        long unit = new long[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
        for (int i = 0; i < size; i++) {
            columns.add(
                    new Nature(
                            VerdictCodes.verdict(1 + random.nextInt(13)),
                            "word " + random.nextInt(20),
                            random.nextBoolean() ? null : (Integer) random.nextInt()),
                    switch (random.nextInt(5)) {
                        case 0 -> null;
                        case 1 -> Duration.ofDays(random.nextInt(-36_500, 36_500));
                        default -> Duration.ofNanos(random.nextInt(-100, 100_000) * unit);
                    },
                    random.nextInt(5) == 0 ? random.nextLong() : i,
                    random.nextInt(3) == 0 ? random.nextLong(1L << 40) : 0);
        }
        return BlockCodec.encode(columns);
    }

    @Test
    void whatIsAsItWasTakesNextToNothing() {
        byte[] base = part(usual(new Random(4), 3000), 4);
        assertThat(Objects.requireNonNull(told(base, base)).length).isLessThan(150);
    }

    @Test
    void aPartThatSaysWhatIsUsualTellsOthersInLess() {
        Random random = new Random(4);
        List<@Nullable Duration> usual = usual(random, 3000);
        byte[] alone = part(durations(random, usual, 0.1), -1);
        long[] means = usual.stream()
                .mapToLong(each -> each == null ? 0 : each.toMillis())
                .toArray();
        byte[] base = BlockCodec.withUsual(alone, means);
        byte[] part = part(durations(random, usual, 0.1), 7);
        byte[] told = Objects.requireNonNull(told(part, base));
        assertThat(rows(new BlockPart(told, new BasePart(base, null)))).isEqualTo(rows(new BlockPart(part, null)));
        assertThat(told.length).isLessThan(Objects.requireNonNull(told(part, alone)).length - 100);
    }

    private static byte[] night(List<@Nullable Duration> durations, int failing) {
        PartColumns columns = new PartColumns();
        for (int i = 0; i < durations.size(); i++) {
            boolean failed = i % 97 < failing;
            columns.add(failed ? FAIL : PASS, durations.get(i), i * (failed ? 5L : 3L), failed ? 7 + i % 3 : 0);
        }
        return BlockCodec.encode(columns);
    }

    @Test
    void whatIsToldByOneThatIsToldItselfComesBackAsItWasAndTakesLess() {
        Random random = new Random(4);
        List<@Nullable Duration> usual = usual(random, 3000);
        byte[] whole = night(durations(random, usual, 0.1), 0);
        PartContent content = new BlockPart(whole, null).content();
        byte[] eighth = night(durations(random, usual, 0.1), 8);
        byte[] told = Objects.requireNonNull(BlockDelta.encode(new BlockPart(eighth, null).content(), content, 8));
        BasePart base = new BlockPart(told, new BasePart(whole, null)).asBase();

        byte[] night = night(durations(random, usual, 0.1), 9);
        PartContent own = new BlockPart(night, null).content();
        byte[] ninth = Objects.requireNonNull(BlockDelta.encode(own, base.content(), 9));
        BlockPart read = new BlockPart(ninth, base);
        assertThat(rows(read)).isEqualTo(rows(new BlockPart(night, null)));
        BlockPart other = new BlockPart(ninth, new BlockPart(told, new BasePart(whole, null)).asBase());
        List<Byte> verdicts = new ArrayList<>();
        BlockCodec.decodeVerdicts(other, verdicts::add);
        assertThat(verdicts)
                .isEqualTo(rows(read).stream()
                        .map(row -> VerdictCodes.of(row.nature().verdict()))
                        .toList());
        assertThat(other.messages()).isEqualTo(own.messages());
        assertThat(ninth.length).isLessThan(Objects.requireNonNull(BlockDelta.encode(own, content, 9)).length - 100);
    }

    @Test
    void aPartIsReadWithNoMoreThanTwoOthers() {
        byte[] whole = part(List.of(Duration.ofMillis(2), Duration.ofMillis(1000)), -1);
        PartContent content = new BlockPart(whole, null).content();
        byte[] eighth = Objects.requireNonNull(BlockDelta.encode(content, content, 8));
        byte[] ninth = Objects.requireNonNull(BlockDelta.encode(content, content, 9));
        BlockPart first = new BlockPart(whole, null);
        assertThat(first.mayTell()).isTrue();
        assertThat(new BlockPart(eighth, first.asBase()).mayTell()).isTrue();
        assertThat(new BlockPart(ninth, first.asBase()).mayTell()).isFalse();
        assertThat(new BlockPart(eighth, new BlockPart(eighth, first.asBase()).asBase()).mayTell())
                .isFalse();
    }

    @Test
    void theBytesBeforeTheDecisionsAreThoseOfTheDescription() {
        byte[] base = part(List.of(Duration.ofMillis(2), Duration.ofMillis(1000)), -1);
        byte[] told =
                Objects.requireNonNull(told(part(List.of(Duration.ofMillis(3), Duration.ofMillis(1300)), 1), base));
        assertThat(HexFormat.of().formatHex(told))
                .startsWith("05" + "04" + "01" + "02" + "03" + "04" + "4641494c" + "01");
    }

    @Test
    void whatAnotherCannotTellStaysWhole() {
        byte[] base = part(List.of(Duration.ofMillis(2)), -1);
        assertThat(told(part(List.of(Duration.ofMillis(2), Duration.ofMillis(2)), -1), base))
                .isNull();
        assertThat(told(base, base)).isNotNull();
    }

    @Test
    void anotherFormatIsRefusedWithASentence() {
        byte[] base = part(List.of(Duration.ofMillis(2)), -1);
        assertThatThrownBy(() -> new BlockPart(new byte[] {4, 1, 0}, new BasePart(base, null)).content())
                .hasMessage("cannot read a block of format 4: this program knows format 5; use the newer Muster that"
                        + " wrote it");
    }
}
