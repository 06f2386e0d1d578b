package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostMortemTest {

    @TempDir
    Path folder;

    @Test
    void aPanicIsTheKernelsOwnWord() throws IOException {
        Path console = console("Booting\n[    1.2] Kernel panic - not syncing: Attempted to kill init!\nCPU: 0\n");
        assertThat(PostMortem.of(console))
                .contains(new CellEnd.Panicked("Kernel panic - not syncing: Attempted to kill init!"));
    }

    @Test
    void aQuietConsoleSaysNothingOfADeath() throws IOException {
        assertThat(PostMortem.of(console("Booting\nlogin:\n"))).isEmpty();
        assertThat(PostMortem.of(folder.resolve("never written"))).isEmpty();
    }

    @Test
    void theTailOfAnEndlessConsoleIsBounded() throws IOException {
        Path console = console("x".repeat(1000).concat("\n").repeat(1000) + "last words\n");
        assertThat(PostMortem.tail(console, 2)).hasLineCount(2).endsWith("last words");
        assertThat(PostMortem.tail(console, 1_000_000).length()).isLessThan(70_000);
    }

    private Path console(String text) throws IOException {
        return Files.writeString(folder.resolve("console"), text);
    }
}
