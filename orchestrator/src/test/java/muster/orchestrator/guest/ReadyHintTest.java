package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyHintTest {

    @TempDir
    private Path folder;

    @Test
    void isFoundThoughItComesInPieces() throws Exception {
        Path console = folder.resolve("console.log");
        ReadyHint hint = new ReadyHint(console);
        assertThat(hint.isSaid()).isFalse();
        Files.writeString(console, "booting\nmmuster-r");
        assertThat(hint.isSaid()).isFalse();
        Files.writeString(console, "eady\n", StandardOpenOption.APPEND);
        assertThat(hint.isSaid()).isTrue();
        assertThat(hint.isSaid()).isTrue();
    }

    @Test
    void theGuestsEndEndsTheWait() throws Exception {
        Path console = Files.writeString(folder.resolve("console.log"), "Kernel panic\n");
        Deadline limit = Deadline.in(Duration.ofMinutes(1));
        new ReadyHint(console).await(limit, () -> false);
        assertThat(limit.passed()).isFalse();
    }
}
