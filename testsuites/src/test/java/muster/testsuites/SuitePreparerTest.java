package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuitePreparerTest extends WithLocalGuest {

    @BeforeEach
    void prepareRunsAsRoot() {
        Assumptions.assumeTrue(ME.equals("root"), "prepare runs as root, and this test does not");
    }

    private void prepare(Suite suite, Map<String, Path> sources)
            throws IOException, InterruptedException, SuiteRefused {
        RunnerSettings settings = settings(RunnerSettings.Ceilings.DEFAULT);
        new SuitePreparer(new LocalShell(List.of("sh")), CLOCK, settings)
                .prepare(suite, variant(), sources, Duration.ofSeconds(30), folder.resolve("prepare.log"));
    }

    @Test
    void prepareGetsItsSourcesAndLeavesOnlyWhatItMade() throws Exception {
        Path source = Files.writeString(folder.resolve("data.txt"), "the source");
        Suite suite = suite(
                "cat \"${0%/*}/made\" >>$MUSTER_JOURNAL",
                "cp $MUSTER_SOURCES/data.txt ${0%/*}/made; echo prepared",
                List.of(new Suite.Source("http://example.invalid/data.txt", "00")));
        prepare(suite, Map.of("data.txt", source));
        assertThat(folder.resolve("prepare.log")).hasContent("prepared\n");
        try (Stream<Path> left = Files.list(guest.resolve("attempts"))) {
            assertThat(left).isEmpty();
        }
        Suite.Variant other = new Suite.Variant("other", new TreeMap<>(), List.of(), List.of());
        assertThatThrownBy(() -> runner().start(7, suite, other))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("was not prepared");
        run(runner(), suite, LIMITS);
        assertThat(journal).hasContent("the source");
    }

    @Test
    void prepareIsTakenUpWhereItWasLeft() throws Exception {
        Path once = folder.resolve("once");
        Suite suite = suite(
                "exit 0", "echo ran >>" + once + "; while [ ! -e " + folder + "/go ]; do sleep 0.05; done", List.of());
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                prepare(suite, Map.of());
            } catch (IOException | SuiteRefused | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Awaitility.await().untilAsserted(() -> assertThat(once).hasContent("ran\n"));
        first.interrupt();
        first.join();
        Files.createFile(folder.resolve("go"));
        prepare(suite, Map.of());
        assertThat(once).hasContent("ran\n");
        assertThat(run(runner(), suite, LIMITS)).isEqualTo(new SuiteEnding.Exited(0, List.of()));
    }

    @Test
    void prepareThatFailsSaysWhatItPrinted() throws Exception {
        Suite suite = suite("exit 0", "echo no compiler here >&2; exit 1", List.of());
        assertThatThrownBy(() -> prepare(suite, Map.of()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("exit status 1")
                .hasMessageEndingWith("no compiler here");
        assertThatThrownBy(() -> runner().start(7, suite, variant()))
                .isInstanceOf(SuiteRefused.class)
                .hasMessageContaining("was not prepared");
    }
}
