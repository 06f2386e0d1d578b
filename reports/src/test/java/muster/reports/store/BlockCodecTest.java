package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class BlockCodecTest {

    private static final Nature PASS = new Nature(Verdict.PASS, "PASS", 0);
    private static final Nature FAIL = new Nature(Verdict.FAIL, "not ok", null);

    private record Row(Nature nature, Duration duration, long line, long message) {}

    private static BlockPart whole(byte[] part) {
        return new BlockPart(part, null);
    }

    @Test
    void theBytesAreThoseOfTheDescription() {
        PartColumns columns = new PartColumns();
        columns.add(PASS, Duration.ofMillis(3), 2, 0);
        columns.add(FAIL, null, 1, 300);
        assertThat(HexFormat.of().formatHex(Zstd.decompress(BlockCodec.encode(columns))))
                .isEqualTo("01" + "02" + "02"
                        + "01" + "01" + "04" + "50415353"
                        + "02" + "00" + "06" + "6e6f74206f6b"
                        + "0001"
                        + "c0843d" + "0700"
                        + "0401"
                        + "00ac02");
    }

    @Test
    void theBytesOfACaseSetAreThoseOfTheDescription() {
        List<byte[]> parts = BlockCodec.encodeCases(new int[] {1, 2, 3, 70, 4}, 5);
        assertThat(parts).hasSize(1);
        assertThat(HexFormat.of().formatHex(Zstd.decompress(parts.getFirst())))
                .isEqualTo("0105" + "00" + "00" + "00" + "8401" + "8501");
    }

    @Test
    void anythingComesBackAsItWas() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            PartColumns columns = new PartColumns();
            List<Row> rows = new ArrayList<>();
            long unit = new long[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            for (int i = random.nextInt(200); i > 0; i--) {
                Row row = new Row(
                        new Nature(
                                VerdictCodes.verdict(1 + random.nextInt(13)),
                                "word " + random.nextInt(5),
                                random.nextBoolean() ? null : (Integer) random.nextInt()),
                        random.nextInt(3) == 0 ? null : Duration.ofNanos(random.nextInt(-100, 100_000) * unit),
                        random.nextInt(5) == 0 ? random.nextLong() : i,
                        random.nextInt(3) == 0 ? random.nextLong(1L << 40) : 0);
                rows.add(row);
                columns.add(row.nature(), row.duration(), row.line(), row.message());
            }
            byte[] part = BlockCodec.encode(columns);
            List<Row> decoded = new ArrayList<>();
            BlockCodec.decode(
                    whole(part),
                    (nature, duration, line, message) -> decoded.add(new Row(nature, duration, line, message)));
            assertThat(decoded).isEqualTo(rows);
            List<Verdict> verdicts = new ArrayList<>();
            BlockCodec.decodeVerdicts(whole(part), code -> verdicts.add(VerdictCodes.verdict(code)));
            assertThat(verdicts)
                    .isEqualTo(rows.stream().map(row -> row.nature().verdict()).toList());
        }
    }

    @Test
    void casesComeBackInTheirOrderThroughSeveralParts() {
        int[] numbers = new Random(5).ints(40_000, 1, 1_000_000).toArray();
        List<byte[]> parts = BlockCodec.encodeCases(numbers, numbers.length);
        assertThat(parts).hasSize(3);
        int[] decoded = new int[numbers.length];
        int at = 0;
        for (byte[] part : parts) {
            at = BlockCodec.decodeCases(part, decoded, at);
        }
        assertThat(decoded).isEqualTo(numbers);
    }

    @Test
    void aDurationBeyondACenturyIsHeldToOne() {
        PartColumns columns = new PartColumns();
        columns.add(PASS, Duration.ofSeconds(Long.MAX_VALUE), 0, 0);
        columns.add(PASS, Duration.ofSeconds(Long.MIN_VALUE), 0, 0);
        List<Duration> durations = new ArrayList<>();
        BlockCodec.decode(
                whole(BlockCodec.encode(columns)), (nature, duration, line, message) -> durations.add(duration));
        assertThat(durations).containsExactly(Duration.ofDays(36_500), Duration.ofDays(-36_500));
    }

    @Test
    void anUnchangedNightCostsLessThanABytePerCaseBesideItsDurations() {
        PartColumns columns = new PartColumns();
        for (int i = 0; i < PartColumns.MOST; i++) {
            columns.add(i % 100 == 0 ? FAIL : PASS, null, i * 3L + 7, i % 100 == 0 ? 5 : 0);
        }
        assertThat(BlockCodec.encode(columns).length).isLessThan(PartColumns.MOST / 50);
    }

    @Test
    void aBlockOfAnotherFormatIsRefused() {
        assertThatThrownBy(() -> BlockCodec.decodeVerdicts(whole(Zstd.compress(new byte[] {2, 0})), code -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot read a block of format 2");
    }

    @Test
    void everyVerdictHasACodeOfItsOwn() {
        for (Verdict verdict : Verdict.values()) {
            assertThat(VerdictCodes.verdict(VerdictCodes.of(verdict))).isEqualTo(verdict);
        }
        assertThat(VerdictCodes.verdictOrAbsent(VerdictCodes.ABSENT)).isNull();
        assertThatThrownBy(() -> VerdictCodes.verdict(14)).isInstanceOf(IllegalStateException.class);
    }
}
