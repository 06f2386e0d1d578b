package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EarlierDeltaTest {

    /** What the program of schema version 10 made of night 1 by night 0. */
    private static final byte[] WRITTEN = HexFormat.of()
            .parseHex(
                    "02041d0803410c0010101000100203040001601100104080010800408001080028b52ffd20b5a50100b0012802"
                            + "0100c0843d0600020406040000c832030400000b003f33108480b31286c00f0ca63244cd21e11af6e4787f06e1cc0c01");

    /** What the program of schema version 11 made of the same. */
    private static final byte[] WRITTEN_SINCE = HexFormat.of()
            .parseHex("030400010ea1600de5b3bd0438449f532f56b6c900a59377de1d59f5b465207e71d853e6b3ac62a7d3fcf3cf6fcf9f"
                    + "0d55f3d952b6f7b97c80");

    private record Row(Nature nature, @Nullable Duration duration, long line, long message) {}

    private static byte[] night(int night) {
        PartColumns columns = new PartColumns();
        for (int i = 0; i < 40; i++) {
            boolean failed = i == 7 * night;
            columns.add(
                    failed ? new Nature(Verdict.FAIL, "FAIL", 1) : new Nature(Verdict.PASS, "PASS", null),
                    i % 9 == 0 ? null : Duration.ofMillis(i * i * i + night * (i % 5) * (i % 7 == 0 ? 400 : 1)),
                    3L * i,
                    failed ? 5 : 0);
        }
        return BlockCodec.encode(columns);
    }

    private static List<Row> rows(BlockPart part) {
        List<Row> rows = new ArrayList<>();
        BlockCodec.decode(
                part, (nature, duration, line, message) -> rows.add(new Row(nature, duration, line, message)));
        return rows;
    }

    @Test
    void whatStoresOfAnEarlierVersionToldComesBackAsItWas() {
        check(new BlockPart(WRITTEN, new BasePart(night(0), null)));
        check(new BlockPart(WRITTEN_SINCE, new BasePart(night(0), null)));
    }

    private static void check(BlockPart part) {
        BlockPart whole = new BlockPart(night(1), null);
        assertThat(rows(part)).isEqualTo(rows(whole));
        assertThat(part.messages()).isEqualTo(whole.messages());
        List<Byte> verdicts = new ArrayList<>();
        BlockCodec.decodeVerdicts(part, verdicts::add);
        assertThat(verdicts.indexOf(VerdictCodes.of(Verdict.FAIL))).isEqualTo(7);
        assertThat(part.age()).isEqualTo(4);
    }
}
