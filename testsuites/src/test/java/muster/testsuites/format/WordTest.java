package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordTest {

    @Test
    void everyByteOfAWordOfAnyLengthCounts() {
        String text = "0123456789abcdef";
        for (int length = 1; length <= text.length(); length++) {
            Word word = Word.of(text.substring(0, length));
            byte[] bytes = (text + "12345678").getBytes(StandardCharsets.US_ASCII);
            assertThat(word.begins(bytes, 0)).as("%s", word).isTrue();
            for (int at = 0; at < length; at++) {
                byte was = bytes[at];
                bytes[at] = '*';
                assertThat(word.begins(bytes, 0)).as("%s at %s", word, at).isFalse();
                bytes[at] = was;
            }
        }
    }
}
