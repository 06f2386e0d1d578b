package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void whatIsShortIsKeptWhole() {
        assertThat(Excerpt.of("a\n\nb \n \n")).isEqualTo("a\n\nb");
        String both = "x".repeat(1500) + "\n" + "y".repeat(1500) + "\n";
        assertThat(Excerpt.of(both)).isEqualTo(both.strip());
    }

    @Test
    void whatIsLongKeepsItsBeginningAndItsEnd() {
        Excerpt excerpt = new Excerpt();
        for (int line = 0; line < 10_000; line++) {
            excerpt.add("line " + line);
        }
        assertThat(excerpt.text())
                .startsWith("line 0\nline 1\n")
                .contains("\n…\n")
                .endsWith("\nline 9998\nline 9999")
                .hasSizeBetween(3900, 4010);
    }

    @Test
    void ofALongLineTheEndIsKept() {
        Excerpt excerpt = new Excerpt();
        excerpt.add("first");
        excerpt.add("x".repeat(3000) + "y");
        assertThat(excerpt.text()).isEqualTo("first\n…\n" + "x".repeat(1998) + "y");
    }

    @Test
    void nothingIsLeftOfWhatWasCleared() {
        Excerpt excerpt = new Excerpt();
        excerpt.add("x".repeat(5000));
        excerpt.clear();
        assertThat(excerpt.isEmpty()).isTrue();
        excerpt.add("y");
        assertThat(excerpt.text()).isEqualTo("y");
    }
}
