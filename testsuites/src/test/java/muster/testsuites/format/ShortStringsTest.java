package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortStringsTest {
    private static final int LONGEST = 24;

    @Test
    void bytesAtOnceAreCutLikeBytesOneByOne() throws IOException {
        Random random = new Random(4);
        String[] parts = {
            "\"", "\\\"", "\\u00e9", "\\\\", "a long word of a string", "é", "{\"a\": 1, ", "1", " \n", "null, [ -1.5, "
        };
        for (int i = 0; i < 2000; i++) {
            StringBuilder json = new StringBuilder();
            while (json.length() < 300) {
                json.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
            byte[] atOnce = new ShortStrings(new ByteArrayInputStream(bytes), LONGEST).readAllBytes();
            assertThat(atOnce).as("%s", json).isEqualTo(oneByOne(bytes));
        }
    }

    private static byte[] oneByOne(byte[] bytes) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        InputStream in = new ShortStrings(new ByteArrayInputStream(bytes), LONGEST);
        for (int b = in.read(); b >= 0; b = in.read()) {
            kept.write(b);
        }
        return kept.toByteArray();
    }
}
