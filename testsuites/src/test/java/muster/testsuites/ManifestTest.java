package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void namesAreALineEachInTheSuitesOrderAndOnce() throws IOException {
        assertThat(read("b\n\na two words \r\nb\nlast without an end").cases())
                .containsExactly("b", "a two words", "last without an end");
    }

    @Test
    void nothingPrintedIsNoCase() throws IOException {
        assertThat(read("\n \n").isEmpty()).isTrue();
    }

    @Test
    void aLongNameIsCutAsFormatsCutThoseOfJournals() throws IOException {
        String name = read("x".repeat(3_000_000) + "\nshort\n").cases().getFirst();

        assertThat(name).isEqualTo("x".repeat(Manifest.LONGEST_NAME) + "…");
    }

    @Test
    void brokenBytesAndNulAreReadAsTheyAre() throws IOException {
        byte[] list = {'a', 0, (byte) 0xff, '\n', 'b'};

        assertThat(Manifest.read(new ByteArrayInputStream(list)).cases()).containsExactly("a\0\ufffd", "b");
    }

    @Test
    void aListWithoutAnEndIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '\n';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                java.util.Arrays.fill(bytes, offset, offset + length, (byte) '\n');
                return length;
            }
        };

        assertThatThrownBy(() -> Manifest.read(endless))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }

    private static Manifest read(String list) throws IOException {
        return Manifest.read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
    }
}
