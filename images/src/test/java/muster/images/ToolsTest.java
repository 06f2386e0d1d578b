package muster.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {

    @TempDir
    Path folder;

    private final Tools tools = new Tools();

    @Test
    void exitStatusAndOutputComeBack() throws Exception {
        assertThat(tools.run(shell("echo out; echo err >&2; exit 3"))).isEqualTo(3);
        assertThat(folder.resolve("log")).hasContent("out\nerr");
    }

    @Test
    void programReadsNothing() throws Exception {
        assertThat(tools.run(shell("cat"))).isZero();
    }

    @Test
    void failureCarriesTheEndOfTheLog() {
        assertThatThrownBy(() -> tools.runOrFail("do it", shell("seq 100; exit 1")))
                .isInstanceOf(ImageFailed.class)
                .hasMessageStartingWith("cannot do it: sh ended with status 1")
                .hasMessageEndingWith("\n99\n100")
                .hasMessageNotContaining("\n80\n");
    }

    @Test
    void missingProgramIsNamedWithItsPackage() {
        assertThatThrownBy(() -> tools.require("no-such-program"))
                .hasMessage(
                        "cannot run no-such-program: it is not installed; on Debian: apt-get install no-such-program");
    }

    @Test
    void interruptEndsTheProgramAndItsChildren() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> run = threads.submit(() -> tools.run(shell("sleep 1000 & echo $! >child; wait")));
            await().until(() -> Files.exists(folder.resolve("child")) && Files.size(folder.resolve("child")) > 0);
            threads.shutdownNow();
            assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(alive("child")).isFalse();
    }

    @Test
    void programMayCleanUpWhenItIsEnded() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> run = threads.submit(() -> tools.run(shell(
                    "trap 'sleep 0.3; echo clean >cleaned; exit' TERM; echo $$ >child; while :; do sleep 0.1; done")));
            await().until(() -> Files.exists(folder.resolve("child")));
            threads.shutdownNow();
            assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(folder.resolve("cleaned")).exists();
    }

    @Test
    void noGuardOutlivesItsProgram() throws Exception {
        tools.run(shell("echo $PPID >child"));
        await().atMost(5, TimeUnit.SECONDS).until(() -> !alive("child"));
    }

    private boolean alive(String file) throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    private Tools.Call shell(String script) {
        return new Tools.Call(List.of("sh", "-c", script), folder, folder.resolve("log"));
    }
}
