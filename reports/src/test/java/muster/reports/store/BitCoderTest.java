package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitCoderTest {

    @Test
    void decisionsAndNumbersComeBackAsTheyWere() {
        for (int seed = 0; seed < 200; seed++) {
            byte[] packed = new byte[0];
            for (boolean writing : new boolean[] {true, false}) {
                BitCoder coder = writing ? new BitWriter() : new BitReader(packed, 0);
                Random random = new Random(seed);
                double share = random.nextDouble();
                Odds odds = new Odds();
                NumberOdds numbers = new NumberOdds();
                for (int i = 0; i < 300; i++) {
                    boolean is = random.nextDouble() < share * share * share;
                    long number = random.nextLong() >>> random.nextInt(64);
                    assertThat(coder.decide(odds, writing && is)).isEqualTo(is);
                    assertThat(numbers.code(coder, writing ? number : 0)).isEqualTo(number);
                    assertThat(coder.plain(writing ? number : 0, 20)).isEqualTo(number & 0xFFFFF);
                }
                packed = coder instanceof BitWriter writer ? writer.toBytes() : packed;
            }
        }
    }

    @Test
    void whatIsAlwaysSoTakesNextToNothing() {
        BitWriter writer = new BitWriter();
        Odds odds = new Odds();
        for (int i = 0; i < 100_000; i++) {
            writer.decide(odds, true);
        }
        assertThat(writer.toBytes().length).isLessThan(20);
    }

    @Test
    void whatNothingIsKnownOfTakesABitEach() {
        BitWriter writer = new BitWriter();
        Random random = new Random(4);
        Odds odds = new Odds();
        for (int i = 0; i < 80_000; i++) {
            writer.decide(odds, random.nextBoolean());
        }
        assertThat(writer.toBytes().length).isBetween(9_990, 10_100);
    }
}
