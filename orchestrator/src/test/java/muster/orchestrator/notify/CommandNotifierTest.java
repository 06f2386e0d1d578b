package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import muster.orchestrator.config.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandNotifierTest extends NotifierContract {

    @TempDir
    Path folder;

    private Notifier running(String... words) {
        return new CommandNotifier(new Channel.Command(List.of(words)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    Notifier reaching() {
        return running("sh", "-c", "cat > \"$1\"; echo \"$MUSTER_SUBJECT\" > \"$1.subject\"", "sh", told().toString());
    }

    private Path told() {
        return folder.resolve("told");
    }

    @Override
    Notifier missing() {
        return running(folder.resolve("nothing").toString());
    }

    @Override
    List<String> arrived() throws IOException {
        return List.of(Files.readString(told()));
    }

    @Test
    void itsSubjectIsInTheEnvironment() throws Exception {
        reaching().send(new Message(List.of(notice("a", "nightly: late", "c"))));
        assertThat(folder.resolve("told.subject")).hasContent("nightly: late");
    }

    @Test
    void aProgramThatReadsNothingIsFine() throws Exception {
        String long_ = "x".repeat(1 << 20);
        running("true").send(new Message(List.of(notice("a", "b", long_))));
    }

    @Test
    void aProgramThatFailsSaysWhy() {
        IOException failed = assertThrows(
                IOException.class,
                () -> running("sh", "-c", "cat > /dev/null; echo no paper >&2; exit 3")
                        .send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(failed).hasMessageContaining("ended with 3").hasMessageContaining("no paper");
    }
}
