package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import muster.orchestrator.guest.TestImages;

/** What runs could leave behind in the tests' home and on the host. */
final class Remains {

    private Remains() {}

    static void assertNothingIsLeft() throws IOException {
        Path home = TestImages.KEPT.folder();
        for (Path folder : List.of(TestImages.KEPT.attempt(0).getParent(), TestImages.KEPT.preparing())) {
            if (Files.isDirectory(folder)) {
                assertThat(folder).isEmptyDirectory();
            }
        }
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(home + "/");
        await().atMost(Duration.ofSeconds(10)).until(() -> sandboxes(home).isEmpty());
    }

    private static List<String> sandboxes(Path home) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains("bwrap") && line.contains(home.toString()))
                .toList();
    }
}
