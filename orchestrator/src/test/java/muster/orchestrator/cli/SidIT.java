package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The distribution that moves every day: longer than the rest and at the mercy of its archive, so only in {@code --full}. */
@EnabledIfSystemProperty(named = "muster.full", matches = "true", disabledReason = "runs with ./muster verify --full")
class SidIT {

    @TempDir
    Path folder;

    @Test
    void debianSidRunsTheCommandsAndTheSleepers() throws Exception {
        Path matrix = Files.writeString(folder.resolve("sid.yaml"), """
                matrix: sid
                distributions: [debian-sid]
                suites:
                  commands: {}
                  sleep: { variants: [short] }
                """);
        MusterProcess run = MusterProcess.run(Duration.ofMinutes(20), "run", matrix.toString());
        assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.BAD);
        assertThat(run.output())
                .containsPattern("debian-sid:commands:default@uml +failed")
                .containsPattern("debian-sid:sleep:short@uml +passed");
    }
}
