package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void itsZerosStandForAnyDigitAndAllElseForItself() {
        for (String shape : new String[] {"0", "/000", "0.00 ", "0:00:00 "}) {
            assertThat(begins(shape, shape)).as(shape).isTrue();
            assertThat(begins(shape, shape.replace('0', '9'))).as(shape).isTrue();
            for (int i = 0; i < shape.length(); i++) {
                for (char c = 0; c < 256; c++) {
                    String other = shape.substring(0, i) + c + shape.substring(i + 1);
                    boolean same = shape.charAt(i) == '0' ? Line.isDigit(c) : shape.charAt(i) == c;
                    assertThat(begins(shape, other)).as(shape + " and " + other).isEqualTo(same);
                }
            }
        }
    }

    @Test
    void itHasOneToEightCharacters() {
        assertThatThrownBy(() -> Shape.of("")).hasMessageContaining("1 to 8");
        assertThatThrownBy(() -> Shape.of("123456789")).hasMessageContaining("123456789");
    }

    private static boolean begins(String shape, String text) {
        byte[] bytes = ("?" + text + "012345678").getBytes(StandardCharsets.ISO_8859_1);
        return Shape.of(shape).begins(bytes, 1);
    }
}
