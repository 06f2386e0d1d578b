package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
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
        return BlockDelta.encode(Zstd.decompress(part), Zstd.decompress(base), 4);
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
                BlockPart read = new BlockPart(told, base);
                assertThat(read.content()).isEqualTo(Zstd.decompress(part));
                assertThat(read.age()).isEqualTo(4);
                List<Verdict> verdicts = new ArrayList<>();
                BlockCodec.decodeVerdicts(read, code -> verdicts.add(VerdictCodes.verdict(code)));
                assertThat(verdicts).hasSize(size);
                assertThat(verdicts.indexOf(Verdict.FAIL)).isEqualTo(size == 0 ? -1 : size / 2);
            }
        }
    }

    @Test
    void aNightLikeTheOneBeforeTakesHalfAByteACase() {
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
        assertThat(Objects.requireNonNull(told(part, base)).length).isLessThan(600);
    }

    @Test
    void theBytesAreThoseOfTheDescription() {
        byte[] base = part(List.of(Duration.ofMillis(2), Duration.ofMillis(1000)), -1);
        byte[] part = part(List.of(Duration.ofMillis(3), Duration.ofMillis(1300)), -1);
        byte[] told = Objects.requireNonNull(told(part, base));
        ByteReader in = new ByteReader(told);
        assertThat(in.take()).isEqualTo(2);
        assertThat(in.take()).isEqualTo(4);
        int low = in.take();
        String lows = HexFormat.of().formatHex(told, in.at(), in.at() + low);
        String differing = HexFormat.of().formatHex(BlockDelta.differing(told, Zstd.decompress(base)));
        String natures = "01" + "02" + "01" + "01" + "00" + "04" + "50415353" + "0000";
        // above: zigzag(1) = 2 and zigzag(300) = 600, of which 10 - s bits are low, the base being 1001
        assertThat(differing).startsWith(natures + "c0843d").endsWith("0006" + "0000");
        int above = Integer.parseInt(differing.substring(natures.length() + 6, natures.length() + 8), 16);
        int bits = 10 - above;
        assertThat(HexFormat.fromHexDigits(differing.substring(natures.length() + 10, natures.length() + 12)))
                .isEqualTo(600 >>> bits);
        assertThat(low).isEqualTo((bits + Math.max(0, 2 - above) + 7) / 8);
        assertThat(lows).hasSize(2 * low);
    }

    @Test
    void whatAnotherCannotTellStaysWhole() {
        byte[] base = part(List.of(Duration.ofMillis(2)), -1);
        assertThat(told(part(List.of(Duration.ofMillis(-2)), -1), base)).isNull();
        assertThat(told(part(List.of(Duration.ofNanos(2)), -1), base)).isNull();
        assertThat(told(part(List.of(Duration.ofMillis(2), Duration.ofMillis(2)), -1), base))
                .isNull();
        assertThat(told(base, base)).isNotNull();
    }

    @Test
    void aLaterFormatIsRefusedWithASentence() {
        byte[] base = part(List.of(Duration.ofMillis(2)), -1);
        assertThatThrownBy(() -> new BlockPart(new byte[] {3, 1, 0}, base).content())
                .hasMessage("cannot read a block of format 3: this program knows format 2; use the newer Muster that"
                        + " wrote it");
    }
}
