package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    private final Text text = new Text();

    @Test
    void whatCannotBeSeenIsNamed() {
        assertThat(text.line("a\u001b[1m\u0000\r\n\tb\u007f\u0085\u200b\u2028\ufeff"))
                .isEqualTo("a⟨ESC⟩[1m⟨NUL⟩⟨CR⟩⟨LF⟩⟨TAB⟩b⟨U+007F⟩⟨U+0085⟩⟨U+200B⟩⟨U+2028⟩⟨U+FEFF⟩");
        assertThat(text.line("half \ud800 and \uffff and tag \udb40\udc41"))
                .isEqualTo("half ⟨U+D800⟩ and ⟨U+FFFF⟩ and tag ⟨U+E0041⟩");
    }

    @Test
    void ordinaryWritingStaysAsItIs() {
        assertThat(text.line("私 שלום é 🙂 <b> ' \"")).isEqualTo("私 שלום é 🙂 <b> ' \"");
    }

    @Test
    void blockKeepsItsLinesAndTabs() {
        assertThat(text.block("one\n\ttwo\n")).isEqualTo("one\n\ttwo\n");
    }

    @Test
    void blockIsCutAfterSixtyLines() {
        assertThat(text.block("x\n".repeat(60))).isEqualTo("x\n".repeat(60));
        assertThat(text.block("x\n".repeat(63)))
                .endsWith("x\n… (cut: 3 more lines)")
                .hasLineCount(61);
    }

    @Test
    void cutNeverHalvesACharacter() {
        assertThat(text.line("🙂".repeat(300))).startsWith("🙂".repeat(240) + "… (cut: 600 characters)");
    }

    @Test
    void linesOfADiffAreTold() {
        assertThat(text.lines("cmd -x\n--- expected\n+++ actual\n@@ -1 +1 @@\n-a\n+b\n c"))
                .extracting(Text.Line::kind)
                .containsExactly("same", "heading", "heading", "heading", "removed", "added", "same");
        assertThat(text.lines("-a\n+b")).extracting(Text.Line::kind).containsOnly("same");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 bytes",
        "1,1 byte",
        "999,999 bytes",
        "1000,1.0 kB",
        "24430,24.4 kB",
        "64000000,64.0 MB",
        "3100000000,3.1 GB"
    })
    void sizesForPeople(long bytes, String words) {
        assertThat(text.size(bytes)).isEqualTo(words);
    }
}
