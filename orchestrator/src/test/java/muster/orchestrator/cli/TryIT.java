package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import muster.images.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person writes a suite: tries it in a real guest, enters that guest meanwhile, looks at its console. */
class TryIT {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String CELL = "debian-12:mine:quick@uml";

    @TempDir
    Path folder;

    @Test
    void aSuiteIsTriedWatchedAndEntered() throws Exception {
        assumeTrue(Tools.has("ssh") && Tools.has("socat"), "needs ssh and socat: apt-get install openssh-client socat");
        Path suite = suite();
        try (MusterProcess run =
                MusterProcess.start("suites", "try", suite.toString(), "debian-12", "--driver", "uml")) {
            run.awaitSaying("| waits for a person");
            assertThat(MusterProcess.run(LONG, "console", CELL, "--lines", "400")
                            .output())
                    .contains("muster-ready")
                    .doesNotContain("\u001b", "\r");
            MusterProcess shell = MusterProcess.run(
                    LONG, "shell", "*:mine", "--", "touch /run/a-person-was-here; hostname; id -un; exit 7");
            assertThat(shell.output()).isEqualTo("guest\nroot\n");
            assertThat(shell.exitCode()).isEqualTo(7);
            assertThat(run.await(LONG)).as(run.output()).isEqualTo(ExitCode.BAD);
            assertThat(run.output()).contains("  | waits for a person", "  pass: one\n", "  fail: two (why not)\n");
            assertThat(run.output()).containsPattern(CELL + " +failed .* 1 pass, 1 fail");
            assertThat(run.output()).contains("The guest of " + CELL + " is kept for another");
        }
        assertThat(MusterProcess.run(LONG, "shell", CELL, "--", "cat", "/run/a-person-was-here")
                        .exitCode())
                .isEqualTo(ExitCode.GOOD);
        assertThat(MusterProcess.run(LONG, "keep", CELL, "--time", "3h").output())
                .contains("the guest of " + CELL + " is kept for another 3h");
        assertThat(MusterProcess.run(LONG, "status").output()).contains("is kept for another 2h");
        assertThat(MusterProcess.run(LONG, "cancel", CELL).output()).contains("kept guests ended: 1");
        assertThat(MusterProcess.run(LONG, "cancel", CELL).exitCode()).isEqualTo(ExitCode.NOTHING_RAN);
        MusterProcess one = MusterProcess.run(
                LONG, "suites", "try", suite + ":quick", "debian-12", "--driver", "uml", "--case", "it's one");
        assertThat(one.exitCode()).as(one.output()).isEqualTo(ExitCode.GOOD);
        assertThat(one.output()).contains("  pass: it's one\n");
        MusterProcess ended = MusterProcess.run(LONG, "shell", CELL);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(ended.output()).contains("no guest is kept there", "--keep-failed");
        MusterProcess unknown = MusterProcess.run(LONG, "console", "debian-12:mime");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.output()).contains("did you mean 'mine'?");
    }

    private Path suite() throws IOException {
        Path suite = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: mine
                description: for a test
                format: toybox
                commands: { run: run, run-case: run-case }
                variants: { quick: {} }
                """);
        script(suite.resolve("run"), """
                #!/bin/sh
                printf 'PASS: one\\nFAIL: two\\nwhy not\\n' >>"$MUSTER_JOURNAL"
                echo 'waits for a person'
                until [ -e /run/a-person-was-here ]; do sleep 1; done
                echo 'END: 2' >>"$MUSTER_JOURNAL"
                """);
        script(suite.resolve("run-case"), """
                #!/bin/sh
                printf 'PASS: %s\\nEND: 1\\n' "$1" >>"$MUSTER_JOURNAL"
                """);
        return suite;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
