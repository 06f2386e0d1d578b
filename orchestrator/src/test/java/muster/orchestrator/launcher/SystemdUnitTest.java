package muster.orchestrator.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that is shipped, with this folder's launcher in the place of an installed one. */
class SystemdUnitTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path folder;

    private final String unit = read();

    @Test
    void whoeverStopsTheServiceLeavesItsGuestsAlone() {
        assertThat(unit.lines()).contains("KillMode=process", "Restart=on-failure", "OOMPolicy=continue");
        assertThat(unit).doesNotContain("PrivateTmp=yes", "RestrictNamespaces");
    }

    @Test
    void systemdFindsNothingWrongWithIt() throws Exception {
        assumeTrue(Files.isExecutable(VERIFIER), "missing here: systemd-analyze");
        Path here = Files.writeString(
                folder.resolve("muster.service"),
                unit.replace("ExecStart=/usr/bin/muster", "ExecStart=" + ROOT.resolve("muster"))
                        .replace("User=muster", "User=" + System.getProperty("user.name")));
        Process verify = new ProcessBuilder(VERIFIER.toString(), "verify", here.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("muster.service:");
    }

    private static String read() {
        try {
            return Files.readString(ROOT.resolve("config/systemd/muster.service"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
